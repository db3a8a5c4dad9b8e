"""The commands of ``mpfcheck rules`` for authors: start, lay out, lint, test and publish rule files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, TextIO

import click

from mpfcheck.cli.exit_codes import ExitCode, strongest
from mpfcheck.cli.options import call_argument, complete_rules, date_option, format_option, rules_option

if TYPE_CHECKING:
    from mpfcheck.checking.pack_tests.pack_test import PackTest
    from mpfcheck.cli.usage import BrokenPackError
    from mpfcheck.packs.call import Call
    from mpfcheck.packs.lint import LintFinding

__all__ = ["fmt", "lint", "lock", "new", "test"]

POLLING = 0.25
"""Seconds between two looks at the files that are watched."""

LINT_FORMAT = "mpfcheck-pack-lint/1"


class NotLockedError(click.ClickException):
    """A version that cannot be locked."""

    exit_code = ExitCode.PACK


@click.command()
@click.argument("call_id", metavar="ID")
@click.option("--title", help="Title of the call. Default: the call id.")
@click.option(
    "--in",
    "parent",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Create the folder in this folder. Default: the current folder.",
)
def new(call_id: str, title: str | None, parent: Path) -> None:
    """Create the folder ID for a new call, with rules, a form and clauses to change.

    Comments explain everything in it; lint finds nothing and the examples hold. Use small letters, digits and hyphens
    in the id, such as my-call-2025.
    """
    from mpfcheck.packs.starting import StartError, start_pack
    from mpfcheck.plain import plain

    try:
        folder = start_pack(parent, call_id, title or call_id, date.today())
    except StartError as error:
        raise click.UsageError(str(error)) from None
    shown, holder = plain(os.path.relpath(folder)), plain(os.path.relpath(parent))
    click.echo(f"Created {shown} with {', '.join(sorted(file.name for file in folder.iterdir()))}.")
    click.echo(f"Start with {os.path.join(shown, 'call.yaml')}. Then:")
    click.echo(f"  mpfcheck rules lint {shown}\n  mpfcheck rules test {shown}")
    click.echo(f"  mpfcheck rules matrix {call_id} --rules {holder}")


@click.command()
@call_argument("targets", "CALL|DIR|FILE…", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Change nothing; exit with code 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Change nothing; show what would change.")
@rules_option
@click.pass_context
def fmt(context: click.Context, targets: Sequence[str], check: bool, diff: bool, folders: tuple[Path, ...]) -> None:
    """Format rule files, code lists and forms in one way.

    Lines have at most 120 characters, long sentences are folded, examples are blocks, and the entries of a rule are in
    a fixed order. Content and comments do not change. Published versions are not changed.
    """
    import difflib

    from mpfcheck.packs.layout import laid_out
    from mpfcheck.packs.mistake import PackError
    from mpfcheck.plain import plain
    from mpfcheck.report.words import counted

    files = list(dict.fromkeys(file for target in targets for file in _files(target, folders)))
    changed = broken = 0
    for file in files:
        try:
            before = file.read_bytes()
            after = laid_out(before, file.name).encode()
        except PackError as error:
            for mistake in error.mistakes:
                place = f"{plain(str(file))}:{mistake.place.line}:{mistake.place.column}"
                click.echo(" ".join(filter(None, (f"{place}: {mistake.message}", mistake.hint))), err=True)
            broken += 1
            continue
        if before == after:
            continue
        changed += 1
        if diff:
            name = plain(str(file))
            lines = (before.decode("utf-8-sig").splitlines(), after.decode().splitlines())
            click.echo("\n".join(difflib.unified_diff(*lines, name, name, lineterm="")))
        elif check:
            click.echo(f"Would change {plain(str(file))}.")
        else:
            _replace(file, after)
            click.echo(f"Changed {plain(str(file))}.")
    verb = "would change" if check or diff else "changed"
    click.echo(f"{changed} of {counted(len(files), 'file')} {verb}.", err=True)
    if broken:
        context.exit(ExitCode.PACK)
    context.exit(ExitCode.FINDING if changed and (check or diff) else ExitCode.OK)


def _files(target: str, folders: tuple[Path, ...]) -> Iterator[Path]:
    """Find the YAML files of a call (with its form), in a folder (published versions left out), or the one file."""
    from mpfcheck.cli.usage import chosen_packs
    from mpfcheck.forms.load import form_folders
    from mpfcheck.packs.version import VERSIONS_FOLDER

    path = Path(target)
    if not target:
        raise click.UsageError("A name is empty. Give a call, a folder or a file.")
    if path.is_file():
        if path.suffix not in (".yaml", ".yml"):
            raise click.UsageError(f"{target} is not a YAML file. Only .yaml files can be formatted.")
        if path.resolve().parent.name == VERSIONS_FOLDER:
            raise click.UsageError(f"{target} belongs to a published version. Published versions are not changed.")
        yield path
    elif path.is_dir():
        # The folder itself may be the one that keeps the published versions.
        inside = ((file, (path.resolve().name, *file.relative_to(path).parts)) for file in sorted(path.rglob("*.yaml")))
        yield from (file for file, parts in inside if VERSIONS_FOLDER not in parts)
    else:
        for call_id, folder in chosen_packs(target, folders).items():
            yield from sorted(folder.glob("*.yaml"))
            forms = (place / f"{call_id}.yaml" for place in form_folders(folder))
            yield from (form for form in forms if form.is_file())


def _replace(file: Path, data: bytes) -> None:
    """Replace a file as a whole, so that an interruption leaves the old one or the new one."""
    beside = file.with_name(f".{file.name}.tmp")
    beside.write_bytes(data)
    beside.chmod(file.stat().st_mode)
    beside.replace(file)


@click.command()
@call_argument("target", "[CALL|DIR]", required=False)
@format_option("text", "json")
@rules_option
@click.pass_context
def lint(context: click.Context, target: str | None, format_name: str, folders: tuple[Path, ...]) -> None:
    """Check rule files without a proposal: names, types, sources, examples.

    Each finding is a line that starts with file, line and column, so that editors can jump there. Without an argument,
    every call is checked. Exit codes: 4 at least one error, 0 otherwise.
    """
    found = PackLint(target, folders)
    click.echo(found.as_json() if format_name == "json" else found.as_text(), nl=format_name == "json")
    click.echo(found.totals(), nl=False, err=True)
    context.exit(ExitCode.PACK if found.errors() else ExitCode.OK)


class PackLint:
    """What is wrong with a call, with the calls in a folder, or with all.

    Raises click.UsageError where there is no such call or folder.
    """

    def __init__(self, target: str | None, folders: Sequence[Path]) -> None:
        from mpfcheck.cli.usage import chosen_packs

        self._folders = chosen_packs(target, folders)
        self._found = {call_id: _lint_of(folder) for call_id, folder in self._folders.items()}

    def errors(self) -> int:
        """How many findings are errors."""
        return sum(map(_errors, self._found.values()))

    def as_text(self) -> str:
        """One line for each finding: ``file:line:column: error: what is wrong, and what to do``."""
        from mpfcheck.cli.usage import shown_place
        from mpfcheck.plain import plain

        return "".join(
            plain(f"{shown_place(self._folders[call_id], finding.place)}: {_sentence(finding)}") + "\n"
            for call_id, found in self._found.items()
            for finding in found
        )

    def as_json(self) -> str:
        """The findings as one JSON object, by call. Files are named from the current folder."""
        from mpfcheck.json_codec import json_text

        calls = [
            {"call": call_id, "findings": [_members(self._folders[call_id], finding) for finding in found]}
            for call_id, found in self._found.items()
        ]
        return json_text({"format": LINT_FORMAT, "calls": calls})

    def totals(self) -> str:
        """How much was found in each call, and in all of them."""
        from mpfcheck.report.words import counted

        lines = [
            f"{call_id}: {_counts(found) if found else 'nothing found'}.\n" for call_id, found in self._found.items()
        ]
        if len(lines) > 1:
            every = [finding for found in self._found.values() for finding in found]
            lines.append(f"{counted(len(lines), 'call')}: {_counts(every)}.\n")
        return "".join(lines)


def _lint_of(folder: Path) -> list[LintFinding]:
    """What is wrong with the call in a folder, and with its form; where the call cannot be used, its form waits."""
    from mpfcheck.forms.lint import lint_form
    from mpfcheck.packs.lint import lint
    from mpfcheck.packs.load import load_pack
    from mpfcheck.packs.mistake import PackError

    found = lint(folder)
    try:
        return [*found, *lint_form(load_pack(folder))]
    except PackError:
        return list(found)


def _errors(found: Sequence[LintFinding]) -> int:
    return sum(finding.severity.value == "error" for finding in found)


def _counts(found: Sequence[LintFinding]) -> str:
    from mpfcheck.report.words import counted

    errors = _errors(found)
    return f"{counted(errors, 'error')}, {counted(len(found) - errors, 'warning')}"


def _sentence(finding: LintFinding) -> str:
    return f"{finding.severity}: {finding.message} {finding.hint}".rstrip()


def _members(folder: Path, finding: LintFinding) -> dict[str, object]:
    from mpfcheck.cli.usage import shown_place

    place, line, column = shown_place(folder, finding.place).rsplit(":", 2)
    return {
        "rule": finding.rule,
        "file": place,
        "line": int(line),
        "column": int(column),
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
    }


@click.command()
@call_argument("target", "[CALL|DIR]", required=False)
@click.option(
    "--rule",
    "rule_ids",
    metavar="RULE",
    multiple=True,
    shell_complete=complete_rules,
    help="Test this rule only. Repeatable.",
)
@click.option("--coverage", is_flag=True, help="Also show parts of conditions that no example makes true, or false.")
@click.option("--mutate", is_flag=True, help="Also list small changes to the rules that no example notices.")
@click.option("--watch", is_flag=True, help="Run them again whenever a file of a call is saved. Ctrl-C ends it.")
@format_option("text", "json")
@rules_option
@click.pass_context
def test(
    context: click.Context,
    target: str | None,
    *,
    rule_ids: tuple[str, ...],
    coverage: bool,
    mutate: bool,
    watch: bool,
    format_name: str,
    folders: tuple[Path, ...],
) -> None:
    """Run the examples in rule files with both evaluators, and compare the results with what they expect.

    It also lists the kinds of examples that a rule lacks: pass, fail, and not_applicable, undecided and review if the
    rule can have these results. Without an argument, every call is tested.

    --coverage shows the parts of conditions (such as each side of "and" and "or") that are true in no example, or false
    in none. --mutate changes limits, operators and lists one at a time. If no example notices a change, nobody would
    notice the same mistake.

    --watch runs the examples of a call again whenever you save one of its files, a shared rule file or a code list.

    Exit codes: 0 every example holds and none is missing, 1 an example is missing, 4 an example does not hold or a pack
    cannot be read, 5 the two evaluators disagree. With --watch, the exit code is that of the last run.
    """
    from mpfcheck.cli.usage import chosen_packs

    if watch and format_name == "json":
        raise click.UsageError("--watch writes text for people. Leave out --format json.")

    def run(packs: Mapping[str, Path]) -> ExitCode:
        tests = PackTests(packs, rule_ids, covering=coverage, mutating=mutate)
        click.echo(tests.as_json() if format_name == "json" else tests.as_text(sys.stdout), nl=format_name == "json")
        for broken in tests.broken:
            broken.show()
        return strongest(tests.exit_codes()) if tests.tests or tests.broken else ExitCode.OK

    packs = chosen_packs(target, folders)
    context.exit(_watch(packs, run) if watch else run(packs))


def _watch(packs: Mapping[str, Path], run: Callable[[Mapping[str, Path]], ExitCode]) -> ExitCode:
    """Run at once, and the calls that changed again after every change, until Ctrl-C; returns the last exit code."""
    code = run(packs)
    try:
        for changed in _changed_calls(packs):
            click.echo(f"\nChanged: {', '.join(changed)}\n", err=True)
            try:
                code = run(changed)
            except click.UsageError as error:
                # Such as a rule of --rule that is being renamed: the next change may bring it back.
                error.show()
                code = ExitCode.USAGE
    except KeyboardInterrupt:
        click.echo("\nStopped.", err=True)
    return code


def _changed_calls(packs: Mapping[str, Path]) -> Iterator[Mapping[str, Path]]:
    """Yield the calls whose files have changed, each time some have; waits in between, and never ends."""
    tested = seen = {call_id: _versions_of_files(folder) for call_id, folder in packs.items()}
    click.echo("Waiting for changes. Press Ctrl-C to stop.", err=True)
    while True:
        sleep(POLLING)
        before, seen = seen, {call_id: _versions_of_files(folder) for call_id, folder in packs.items()}
        # Some editors write a file in two steps: it is looked at once it stays as it is.
        if seen == before and seen != tested:
            yield {call_id: folder for call_id, folder in packs.items() if seen[call_id] != tested[call_id]}
            tested = seen
            click.echo("Waiting for changes. Press Ctrl-C to stop.", err=True)


def _versions_of_files(folder: Path) -> Mapping[Path, tuple[int, int]]:
    """When each file of a call was saved (in nanoseconds), and its size, with shared rules and code lists."""
    from mpfcheck.packs.call import SHARED
    from mpfcheck.packs.code_list import CODE_LISTS

    found = {}
    for place in (folder, folder / CODE_LISTS, folder.parent / SHARED, folder.parent / CODE_LISTS):
        for file in (*place.glob("*.yaml"), *place.glob("*.json")):
            try:
                state = file.stat()
            except FileNotFoundError:
                continue  # It was deleted since it was listed, and deleted files are not listed.
            found[file] = (state.st_mtime_ns, state.st_size)
    return found


class PackTests:
    """Runs the examples of the calls in these folders, or of some rules of theirs; looks at what they leave untried.

    ``broken`` are the calls that cannot be read. Raises click.UsageError for a rule that none of the calls has.
    """

    def __init__(
        self,
        folders: Mapping[str, Path],
        rule_ids: Sequence[str] = (),
        *,
        covering: bool = False,
        mutating: bool = False,
    ) -> None:
        from mpfcheck.cli.usage import BrokenPackError
        from mpfcheck.nearest import did_you_mean
        from mpfcheck.packs.load import load_pack
        from mpfcheck.packs.mistake import PackError

        self.folders = folders
        self.broken: list[BrokenPackError] = []
        calls = []
        for call_id, folder in folders.items():
            try:
                calls.append(load_pack(folder))
            except PackError as error:
                self.broken.append(BrokenPackError(call_id, error))
        chosen = {rule_id.upper() for rule_id in rule_ids}
        known = {rule.id for call in calls for rule in call.rules}
        for rule_id in sorted(chosen - known):
            hint = did_you_mean(rule_id, sorted(known), otherwise="The rules are")
            raise click.UsageError(f"There is no rule {rule_id}. {hint}")
        having = [call for call in calls if not chosen or chosen & {rule.id for rule in call.rules}]
        self._covering, self._mutating = covering, mutating
        self.tests: tuple[PackTest, ...] = tuple(self._test(call, chosen) for call in having)

    def _test(self, call: Call, chosen: set[str]) -> PackTest:
        from mpfcheck.checking.pack_tests.coverage import cover
        from mpfcheck.checking.pack_tests.mutation import mutate
        from mpfcheck.checking.pack_tests.pack_test import run_examples
        from mpfcheck.frozen import changed

        test = run_examples(call, chosen)
        # With examples that do not hold, every change would seem to be noticed.
        if test.failed:
            return test
        return changed(
            test,
            coverage=cover(call, chosen) if self._covering else None,
            mutation=mutate(call, chosen) if self._mutating else None,
        )

    def as_text(self, stream: TextIO) -> str:
        """What came out, for people."""
        from mpfcheck.cli.output import page_text
        from mpfcheck.cli.usage import shown_place
        from mpfcheck.report.say.pack_tests import pack_test_blocks

        folders = self.folders
        pages = [pack_test_blocks(test, partial(shown_place, folders[test.call.id])) for test in self.tests]
        return page_text(pages, stream)

    def as_json(self) -> str:
        """What came out, for programs."""
        from mpfcheck.report.say.pack_tests import pack_tests_as_json

        return pack_tests_as_json(self.tests)

    def exit_codes(self) -> Iterator[ExitCode]:
        """Everything the run may end with."""
        if self.broken:
            yield ExitCode.PACK
        for test in self.tests:
            if any(not result.agreed for result in test.failed):
                yield ExitCode.INCONCLUSIVE
            elif test.failed:
                yield ExitCode.PACK
            if test.lacking or (test.coverage and test.coverage.undecided):
                yield ExitCode.FINDING
            if test.mutation and (test.mutation.unnoticed or test.mutation.outdated):
                yield ExitCode.FINDING


@click.command()
@call_argument("target", "CALL|DIR")
@click.option("--reason", required=True, help="Say why there is this version, for readers of the list.")
@date_option("--date", "day", "Date of publication (YYYY-MM-DD). Default: today.")
@rules_option
def lock(target: str, reason: str, day: date | None, folders: tuple[Path, ...]) -> None:
    """Publish the version of a call's rules that its call.yaml names.

    The command writes its checksum into versions.yaml and keeps its files in versions/, so that CALL@VERSION always
    means these rules. After that, lint refuses a change without a new version. Lint must find no error and every
    example must hold.
    """
    from mpfcheck.checking.pack_tests.pack_test import run_examples
    from mpfcheck.cli.usage import BrokenPackError, chosen_packs
    from mpfcheck.packs.lint import Weight
    from mpfcheck.packs.lint import lint as lint_pack
    from mpfcheck.packs.lock import LockError, Locking
    from mpfcheck.packs.mistake import PackError

    if not reason.strip():
        raise click.UsageError("The reason is empty. Write one sentence that says why there is this version.")
    packs = chosen_packs(target, folders)
    if len(packs) > 1:
        raise click.UsageError(f"There are several calls in {target}. Choose one: {', '.join(packs)}.")
    ((call_id, folder),) = packs.items()
    published = day or date.today()
    try:
        locking = Locking(folder)
        locking.refuse(published)
        if any(finding.severity is Weight.ERROR for finding in lint_pack(folder)):
            raise NotLockedError(f"Lint finds errors. See mpfcheck rules lint {target}.")
        if run_examples(locking.call).failed:
            raise NotLockedError(f"Examples do not hold. See mpfcheck rules test {target}.")
        version = locking.lock(reason, published)
    except PackError as error:
        raise BrokenPackError(call_id, error) from None
    except LockError as error:
        raise NotLockedError(str(error)) from None
    click.echo(f"Locked {call_id}@{version.version}, published on {version.date}.\nSHA-256 {version.sha256}")
