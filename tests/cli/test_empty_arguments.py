"""An empty argument is most often a variable that was not set: whatever it is for, it is said which one is empty."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from mpfcheck.cli.main import mpfcheck
from tests.cli.conftest import Cli


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


EVERY = [
    (*path, option.opts[0])
    for path, command in commands(mpfcheck)
    for option in command.params
    if isinstance(option, click.Option) and not option.is_flag
]


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_the_empty_value_of_an_option_is_named(cli: Cli, words: tuple[str, ...]) -> None:
    apart, together = cli(*words, ""), cli(*words[:-1], f"{words[-1]}=")

    assert (apart.code, together.code) == (2, 2)
    assert apart.err == f"Error: The argument after {words[-1]} is empty. Give a value, or leave it out.\n"
    assert together.err == f"Error: The value of {words[-1]} is empty. Give a value, or leave it out.\n"


@pytest.mark.parametrize("path", [path for path, _ in commands(mpfcheck)], ids=" ".join)
def test_an_empty_name_is_named_by_the_word_before_it(cli: Cli, path: tuple[str, ...]) -> None:
    for empty in ("", "  "):
        ended = cli(*path, empty)

        assert ended.code == 2
        assert ended.err == f"Error: The argument after {path[-1]} is empty. Give a value, or leave it out.\n"
