"""``mpfcheck completion``: what a shell needs to complete commands, calls, rules and parameters."""

from __future__ import annotations

import os
from pathlib import PurePath

import click

__all__ = ["completion"]

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS), required=False)
def completion(shell: str | None) -> None:
    """Print a script that lets your shell complete commands, options, calls, rules and parameters.

    Without SHELL, the script is for the shell that you use. To use it in every new shell, write it to:

    \b
    bash   ~/.local/share/bash-completion/completions/mpfcheck
    zsh    _mpfcheck in a folder of your fpath, before compinit
    fish   ~/.config/fish/completions/mpfcheck.fish

    To use it in this shell only:

    \b
    bash, zsh   eval "$(mpfcheck completion bash)"
    fish        mpfcheck completion fish | source
    """  # noqa: D301 - the backspace is click's mark for lines to keep as they are
    from click.shell_completion import get_completion_class

    from mpfcheck.cli.main import mpfcheck

    chosen = shell or PurePath(os.environ.get("SHELL", "")).name
    kind = get_completion_class(chosen) if chosen in SHELLS else None
    if kind is None:
        raise click.UsageError(f"Which shell? Name one of {', '.join(SHELLS)}.")
    click.echo(kind(mpfcheck, {}, "mpfcheck", "_MPFCHECK_COMPLETE").source())
