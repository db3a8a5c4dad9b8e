"""The command ``mpfcheck``: its subcommands by name, each loaded when it is asked for, and how every run ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.signals import SIGNALLED, give_signals_back
from mpfcheck.cli.terminal import careful_streams, show
from mpfcheck.version import __version__

__all__ = ["main", "mpfcheck", "program"]

COMMANDS = {
    "apply": "mpfcheck.cli.apply:apply",
    "check": "mpfcheck.cli.check:check",
    "document": "mpfcheck.cli.document:document",
    "budget": "mpfcheck.cli.budget:budget",
    "part": "mpfcheck.cli.part:part",
    "comment": "mpfcheck.cli.comment:comment",
    "outlook": "mpfcheck.cli.prove:outlook",
    "export": "mpfcheck.cli.export:export",
    "survey": "mpfcheck.cli.survey:survey",
    "calls": "mpfcheck.cli.calls:calls",
    "rules": "mpfcheck.cli.rules:rules",
    "assess": "mpfcheck.cli.assess:assess",
    "diff": "mpfcheck.cli.reports:diff",
    "verify": "mpfcheck.cli.reports:verify",
    "bundle": "mpfcheck.cli.bundle:bundle",
    "letters": "mpfcheck.cli.letters:letters",
    "schema": "mpfcheck.cli.schema:schema",
    "serve": "mpfcheck.cli.serve:serve",
    "completion": "mpfcheck.cli.completion:completion",
}
OF_INPUTS = ("check", "outlook", "export", "survey", "diff", "verify", "bundle")
"""The commands whose arguments are inputs; one that cannot be read is reported and does not stop the others."""


class ReaderGoneError(Exception):
    """Nobody reads the output any more."""


class Commands(click.Group):
    """A group that imports a command only to run it, to show its help or to complete it.

    What it says of a wrong usage quotes what was typed: it is made harmless here, whoever runs the group.
    """

    def main(self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **extra: Any) -> Any:  # type: ignore[override]
        """Run it as click does."""
        try:
            arguments = sys.argv[1:] if args is None else args
            self._refuse_empty(arguments)
            result = super().main(args, standalone_mode=False, **extra)
        except click.ClickException as refused:
            error = refused
            if isinstance(refused, click.UsageError):
                # Only a command that was not understood pays for this import.
                from mpfcheck.cli.usage import with_right_form

                error = with_right_form(refused, arguments)
            if not standalone_mode:
                raise error from None
            show(error)
            sys.exit(error.exit_code)
        if standalone_mode:
            sys.exit(result if isinstance(result, int) else 0)
        return result

    def invoke(self, ctx: click.Context) -> object:
        """Run the command, and refuse it where it needs libraries that are not installed.

        A reader that went away is left to :func:`main`, for click would call it a failure.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGoneError from error
        except ModuleNotFoundError as error:
            from mpfcheck.extra import MissingLibraryError

            if isinstance(error, MissingLibraryError):
                raise click.UsageError(str(error)) from None
            raise

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            if ctx.resilient_parsing:
                return None
            raise click.NoSuchCommand(cmd_name, possibilities=COMMANDS, ctx=ctx)
        module, name = COMMANDS[cmd_name].split(":")
        command = getattr(import_module(module), name)
        give_signals_back()
        assert isinstance(command, click.Command)  # noqa: S101 - the table above is ours
        return command

    def _refuse_empty(self, arguments: Sequence[str]) -> None:
        """Say of an empty argument which one it is: nothing has an empty name, and most often a variable was not set.

        The name of an input is left to its command, which says the same of it after the other inputs are checked.
        Raises click.UsageError.
        """
        before = "mpfcheck"
        for place, argument in enumerate(arguments):
            option, equals, value = argument.partition("=")
            named = bool(equals) and option.startswith("--")
            empty = not (value if named else argument).strip() and not os.path.lexists(argument)
            if empty and (named or not self._is_input(arguments[:place])):
                which = f"The value of {option}" if named else f"The argument after {before}"
                raise click.UsageError(f"{which} is empty. Give a value, or leave it out.")
            if argument != "--":
                before = argument

    def _is_input(self, before: Sequence[str]) -> bool:
        """Tell whether what comes after these arguments is the name of an input."""
        name = next((argument for argument in before if not argument.startswith("-")), None)
        if name not in OF_INPUTS:
            return False
        command = self.get_command(click.Context(self), name)
        parameters = () if command is None else command.params
        options = [one for one in parameters if isinstance(one, click.Option) and not one.is_flag]
        return "--" in before or not any(before[-1] in option.opts for option in options)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, prog_name="mpfcheck", message="%(prog)s %(version)s")
@click.pass_context
def mpfcheck(context: click.Context) -> object:
    """Check proposals for calls of the Migration Partnership Facility.

    It says which rules are not met, why, and how to fix it. A check is for guidance only; the MPF decides.

    \b
    mpfcheck apply                     write a proposal, question by question
    mpfcheck check proposal.json       check whether a proposal is eligible
    mpfcheck check --explain FILE      show every condition with its values
    mpfcheck check proposals/          check every proposal in a folder
    mpfcheck rules show BUDGET-1       show what a rule demands, and its source

    Exit codes of check: 0 no findings, 1 findings, 2 wrong usage, 3 an input is not a proposal, 4 a rule pack is
    invalid, 5 a rule could not be evaluated, 130 interrupted.

    Completion in your shell: mpfcheck completion --help.
    """  # noqa: D301 - the backspace is click's mark for lines to keep as they are
    if context.invoked_subcommand is not None:
        return None
    if sys.stdin.isatty() and sys.stdout.isatty():
        from mpfcheck.cli.apply import apply

        give_signals_back()
        # As if it were typed, with what the environment says of its options.
        return apply.main([], prog_name="mpfcheck apply", standalone_mode=False)
    if _was_double_clicked():
        from mpfcheck.cli.apply import apply

        return apply.main(["--web"], prog_name="mpfcheck apply", standalone_mode=False)
    click.echo(context.get_help())
    return None


def _was_double_clicked() -> bool:
    """Tell whether the one-file program was opened on a desktop, where there is no terminal to ask or say anything."""
    if any(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)) or not sys.argv[0].endswith(".pyz"):
        return False
    has_desktop = sys.platform in ("win32", "darwin")
    return has_desktop or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def program() -> NoReturn:
    """Run the command line as a process of its own, and end the process at once.

    Taking an interpreter down object by object lasts longer than checking a proposal, and nothing here waits for it.
    """
    code = _whole_run(None)
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line, from these arguments or those of the process; raises SystemExit with the exit code."""
    sys.exit(_whole_run(arguments))


def _whole_run(arguments: list[str] | None) -> int:
    if sys.stdin is None:
        # Started without a standard input: whoever asks for it finds it empty.
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - it stays open as long as the process
    # A program without a window of its own, such as pythonw on Windows, has nowhere to write to.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as above
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as above
    for stream in (sys.stdout, sys.stderr):
        # Everything mpfcheck writes is UTF-8; what is not even that (a strange file name) is spelled out.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with careful_streams():
        code = _run(arguments)
        try:
            sys.stdout.flush()
        except OSError as error:
            # After a hang-up nobody reads any more, and that is why the run ended.
            code = code if code > SIGNALLED else _refused(error)
    return code


def _run(arguments: list[str] | None) -> int:
    try:
        result = mpfcheck.main(arguments, prog_name="mpfcheck", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        show(error)
        return ExitCode.USAGE if isinstance(error, click.UsageError) else error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _interrupted()
    except ReaderGoneError:
        return ExitCode.CLOSED_PIPE
    except OSError as error:
        return _refused(error)
    except Exception as error:  # noqa: BLE001 - the outermost edge: whatever is wrong here is a fault of mpfcheck
        return _interrupted() if _is_of_an_interruption(error) else _broken(error)
    return result if isinstance(result, int) else ExitCode.OK


def _interrupted() -> ExitCode:
    sys.stderr.write("Interrupted.\n")
    return ExitCode.INTERRUPTED


def _is_of_an_interruption(error: BaseException | None) -> bool:
    """Python 3.11 wraps whatever comes while the names of a class are set, Ctrl-C too, into a RuntimeError."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__
    return error is not None


def _refused(error: OSError) -> ExitCode:
    """The system refused something, mostly to write. A reader that went away is no error: it had what it wanted."""
    if isinstance(error, BrokenPipeError):
        return ExitCode.CLOSED_PIPE
    from mpfcheck.cli.output import OutputError, is_full

    name = f" ({error.filename})" if isinstance(error.filename, str) else ""
    # A command names its own output file. An error without a name and a full disk is about standard output.
    words = OutputError(None, error).message if is_full(error) and not name else f"{error.strerror or error}{name}."
    with suppress(OSError):
        sys.stderr.write(f"Error: {words}\n")
    return ExitCode.INCONCLUSIVE


def _broken(error: Exception) -> ExitCode:
    # Only a run that is lost pays for this import.
    import traceback

    traceback.print_exception(error)
    sys.stderr.write("\nThis is an error in mpfcheck, not in your files. Report it and include the lines above.\n")
    return ExitCode.INCONCLUSIVE


if __name__ == "__main__":
    program()
