"""The commands, their options and exit codes: as a page of the site, and as man pages."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from importlib.metadata import version

import click
from click_man.man import ManPage

from docs.generate.text import code, shown
from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.main import mpfcheck

__all__ = ["command_page", "man_pages"]

RELEASED = "2026"


def command_page() -> str:
    """The page on the command line."""
    lines = ["# The command line\n", "Made from the program itself: the same is said by `--help`.\n"]
    for context in _commands():
        lines += [f"## {context.command_path}\n", *_help(context)]
    lines += ["## Exit codes\n", "| Code | Means |\n| --- | --- |"]
    lines += [f"| {number} | {shown(meaning)} |" for number, meaning in _exit_codes()]
    return "\n".join([*lines, ""])


def man_pages() -> dict[str, str]:
    """The man pages by their file names, such as ``mpfcheck-check.1``."""
    return {f"{context.command_path.replace(' ', '-')}.1": _man_page(context) for context in _commands()}


def _commands(command: click.Command = mpfcheck, parent: click.Context | None = None) -> Iterator[click.Context]:
    context = click.Context(
        command, info_name=command.name or "mpfcheck", parent=parent, help_option_names=["-h", "--help"]
    )
    yield context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                yield from _commands(inner, context)


def _help(context: click.Context) -> Iterator[str]:
    usage = " ".join([context.command_path, *context.command.collect_usage_pieces(context)])
    yield f"{code(usage)}\n"
    for paragraph in _paragraphs(context):
        yield f"```text\n{paragraph[2:]}\n```\n" if paragraph.startswith("\b\n") else f"{shown(paragraph)}\n"
    for option, said in _options(context):
        yield f"- {code(option)}: {shown(said)}"
    yield ""


def _paragraphs(context: click.Context) -> list[str]:
    return [part.strip("\n") for part in re.split(r"\n\s*\n", inspect.cleandoc(context.command.help or ""))]


def _options(context: click.Context) -> list[tuple[str, str]]:
    records = (parameter.get_help_record(context) for parameter in context.command.get_params(context))
    return [record for record in records if record is not None and record[1]]


def _exit_codes() -> Iterator[tuple[int, str]]:
    """The exit codes with what their docstrings say."""
    (module,) = ast.parse(inspect.getsource(ExitCode)).body
    if not isinstance(module, ast.ClassDef):
        raise TypeError("ExitCode is not a class")
    codes: list[int] = []
    for node in module.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            codes.append(int(str(node.value.value)))
        elif codes and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield codes.pop(), str(node.value.value).replace("``", "")


def _man_page(context: click.Context) -> str:
    page = ManPage(context.command_path)
    page.version = version("mpfcheck")
    page.date = RELEASED
    page.short_help = _roff(context.command.get_short_help_str(200))
    page.synopsis = " ".join(context.command.collect_usage_pieces(context))
    page.description = "\n\n".join(
        f".nf\n{_roff(part[2:])}\n.fi" if part.startswith("\b\n") else _roff(part) for part in _paragraphs(context)
    )
    page.options = [(option, _roff(said)) for option, said in _options(context)]
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            inner = context.command.get_command(context, name)
            if inner is not None and not inner.hidden:
                page.commands.append((name, _roff(inner.get_short_help_str(200))))
    return str(page)


def _roff(text: str) -> str:
    """Text as roff shows it: backslashes, and points and quotes that would begin a request."""
    return re.sub(r"^(?=[.'])", r"\\&", text.replace("\\", r"\e"), flags=re.MULTILINE)
