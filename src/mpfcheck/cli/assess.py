"""``mpfcheck assess``: the decision of a person on a manual rule, kept in a file beside the proposals."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import complete_rules, date_option
from mpfcheck.plain import plain

if TYPE_CHECKING:
    from mpfcheck.checking.report import ProposalReport, Result
    from mpfcheck.engine.assessments import Recorded

__all__ = ["assess"]

MOST_NAMED = 10


@click.command()
@click.argument("report", metavar="REPORT", type=click.Path())
@click.argument("rule_id", metavar="RULE", shell_complete=complete_rules)
@click.option(
    "--input",
    "inputs",
    metavar="NAME",
    required=True,
    multiple=True,
    help="The proposal: its path as in the report (FILE:LINE for JSON Lines), its file name, title or acronym. "
    "Repeatable: the same decision on several proposals.",
)
@click.option(
    "--decision",
    required=True,
    type=click.Choice(("met", "not_met", "open")),
    help="The decision. open takes an earlier decision back.",
)
@click.option("--by", required=True, metavar="NAME", help="Who decided.")
@click.option("--note", default="", metavar="TEXT", help="Why.")
@date_option("--on", "day", "The date of the decision (YYYY-MM-DD). The default is today.")
@click.option("--output", "-o", metavar="FILE", required=True, type=click.Path(), help="Add the decision to this file.")
@click.pass_context
def assess(
    context: click.Context,
    *,
    report: str,
    rule_id: str,
    inputs: tuple[str, ...],
    decision: str,
    by: str,
    note: str,
    day: date | None,
    output: str,
) -> None:
    """Record a person's decision on a manual rule.

    REPORT is a JSON report or JSON Lines. RULE is a manual rule: mpfcheck cannot decide it, and the decision never
    changes the verdict. The decision is added to FILE. Earlier decisions stay in it; for each proposal and rule the
    latest holds. mpfcheck check --assessments FILE shows the decisions in the next report, in every format.

    A decision is bound to the checksum of the proposal. If the proposal changes, the next report still shows the
    decision, and says that it is about an older state. Exit codes: 0 recorded, 2 wrong usage, 3 the report or FILE
    cannot be read.
    """
    from mpfcheck.checking.report import Assessment, Decision
    from mpfcheck.cli.reports import report_file
    from mpfcheck.engine.assessments import Recorded
    from mpfcheck.report.words import assessed, project_name

    with report_file(report) as written:
        reports = _about(written, rule_id.upper())
    now = datetime.now(UTC)
    made = Assessment(
        rule_id.upper(), Decision(decision), by.strip(), (day or datetime.now().astimezone().date()).isoformat(), note
    )
    if datetime.now().astimezone().date().isoformat() < made.on:
        raise click.UsageError(f"--on {made.on} is in the future. Give the date of the decision.")
    chosen = [_chosen(reports, name) for name in inputs]
    recorded, names = [], []
    for one in dict.fromkeys(chosen):
        made_on = _result(one, made.rule)
        if one.call is None or one.input.sha256 is None:
            raise click.UsageError(plain(f"The report has no checksum of {project_name(one.input)}. Check it again."))
        at = now.isoformat(timespec="seconds").replace("+00:00", "Z")
        recorded.append(Recorded.about(one.input, one.call, made, at))
        names.append(f"{made_on.rule} {made_on.title} · {project_name(one.input)}")
    before = _append(output, recorded)
    for name in names:
        click.echo(plain(name))
    click.echo(plain(assessed(made)))
    click.echo(plain(f"Recorded in {output}."))
    for sentence in _others(recorded, before):
        click.echo(plain(sentence))
    context.exit(ExitCode.OK)


def _about(written: Iterable[ProposalReport], rule_id: str) -> list[ProposalReport]:
    """The reports with the result of one rule. Of the other rules, one result stands for those of all reports."""
    from mpfcheck.frozen import changed

    others: dict[tuple[str, bool], Result] = {}
    return [
        changed(
            report,
            problems=(),
            results=tuple(
                [it if it.rule == rule_id else others.setdefault((it.rule, it.manual), it) for it in report.results]
            ),
        )
        for report in written
    ]


def _chosen(reports: Sequence[ProposalReport], name: str) -> ProposalReport:
    """The report on the proposal of this name; raises click.UsageError where there is none, or several."""
    from mpfcheck.nearest import did_you_mean
    from mpfcheck.proposal.values import shown
    from mpfcheck.report.words import project_name
    from mpfcheck.same_name import name_key

    ways = (
        lambda one: name in (one.path, f"{one.path}:{one.line}" if one.line is not None else None),
        lambda one: one.path is not None and os.path.normpath(one.path) == os.path.normpath(name),
        lambda one: one.path is not None and os.path.basename(one.path) == name,
        lambda one: name_key(name) in [name_key(text) for text in (one.title, one.acronym) if text],
    )
    for is_it in ways:
        found = [report for report in reports if is_it(report.input)]
        if len(found) == 1:
            return found[0]
        if found:
            listed = [
                f"{one.input.path}:{one.input.line}" if one.input.line is not None else project_name(one.input)
                for one in found[:MOST_NAMED]
            ]
            more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
            names = f"{', '.join(listed)}{more}"
            words = f"Several proposals in the report have the name {shown(name)}: {names}. Choose one."
            raise click.UsageError(plain(words))
    known = dict.fromkeys(
        text for one in reports for text in (one.input.path, one.input.title, one.input.acronym) if text
    )
    hint = did_you_mean(name, known) or "Give its path as in the report, its title or its acronym."
    raise click.UsageError(plain(f"There is no proposal {shown(name)} in the report. {hint}"))


def _result(report: ProposalReport, rule_id: str) -> Result:
    """The result of a manual rule that asks for a decision; raises click.UsageError for any other rule."""
    from mpfcheck.checking.report import Status
    from mpfcheck.nearest import did_you_mean
    from mpfcheck.proposal.values import shown
    from mpfcheck.report.words import project_name

    name = project_name(report.input)
    if report.call is None or not report.results:
        raise click.UsageError(plain(f"No rule was applied to {name}, so there is nothing to decide."))
    manual = [result.rule for result in report.results if result.manual]
    found = next((result for result in report.results if result.rule == rule_id), None)
    if found is None:
        hint = did_you_mean(rule_id, [result.rule for result in report.results])
        listed = hint or f"Its manual rules are {', '.join(manual)}."
        raise click.UsageError(plain(f"{report.call.id} has no rule {shown(rule_id)}. {listed}"))
    if not found.manual:
        listed = f"The manual rules are {', '.join(manual)}." if manual else "The call has no manual rules."
        raise click.UsageError(plain(f"{found.rule} is not a manual rule: mpfcheck checks it. {listed}"))
    if found.status is Status.NOT_APPLICABLE:
        raise click.UsageError(plain(f"{found.rule} does not apply to {name}, so there is nothing to decide."))
    return found


def _others(recorded: Sequence[Recorded], before: Sequence[Recorded]) -> list[str]:
    """What the file said already about these proposals and this rule."""
    from mpfcheck.report.words import assessed

    sentences = []
    for one in recorded:
        same = [
            old
            for old in before
            if (old.sha256, old.call, old.assessment.rule) == (one.sha256, one.call, one.assessment.rule)
        ]
        if not same:
            continue
        # Of decisions of the same second, the last in the file holds.
        latest = max(reversed(same), key=lambda old: old.age)
        held = "A later decision still holds" if latest.age > one.age else "It takes the place of an earlier decision"
        sentences.append(f"{held}: {assessed(latest.assessment)}")
    return list(dict.fromkeys(sentences))


def _append(path: str, recorded: Sequence[Recorded]) -> Sequence[Recorded]:
    """Add decisions at the end of a file, all or none, while nobody else can; give what was in it before.

    Raises click.UsageError where the file cannot be written, ReportFileError where it holds something else.
    """
    from filelock import lock_descriptor

    from mpfcheck.cli.reports import ReportFileError
    from mpfcheck.engine.assessments import AssessmentsError, line_of, read_assessments

    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    try:
        if os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode):
            raise click.UsageError(plain(f"{path} is not a regular file. Choose another --output."))
        with open(os.open(path, flags, 0o666), "r+b", buffering=0) as file:
            lock_descriptor(file.fileno(), blocking=True)
            data = file.readall()
            before = read_assessments(data)
            # A file that somebody edited may have no end after its last line.
            start = b"\n" if data and not data.endswith(b"\n") else b""
            try:
                left = start + "".join(map(line_of, recorded)).encode()
                while left:
                    left = left[file.write(left) :]
                os.fsync(file.fileno())
            except OSError:
                file.truncate(len(data))
                raise
    except AssessmentsError as error:
        raise ReportFileError(plain(f"{path} is not a file of decisions, and was not changed. {error}")) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise click.UsageError(plain(f"The decision cannot be written to {path}: {reason}.")) from None
    return before
