"""One run of ``mpfcheck check``: reports go out as they come in, and what is finished when it ends is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from mpfcheck.checking.report import PassedOver
from mpfcheck.cli.exit_codes import ExitTally
from mpfcheck.cli.keeping import keep_inputs
from mpfcheck.cli.output import OutputFile, is_standard, output, style_for, width_for
from mpfcheck.cli.terminal import ProgressCount, say
from mpfcheck.cli.usage import BrokenPackError, usage_errors
from mpfcheck.engine.gathering import Gathering
from mpfcheck.engine.interruption import Interrupted, Interruption
from mpfcheck.engine.run import RunTerms
from mpfcheck.engine.stream import Stream
from mpfcheck.frozen import changed
from mpfcheck.plain import plain
from mpfcheck.reading.folder import total_size
from mpfcheck.reading.inputs import open_inputs
from mpfcheck.report.overview import InputSeal, Overview, RunSummary, Shown
from mpfcheck.version import __version__

if TYPE_CHECKING:
    from mpfcheck.engine.assessments import Assessments
    from mpfcheck.engine.check import Checked
    from mpfcheck.engine.selection import Selection
    from mpfcheck.report.comparison import Since
    from mpfcheck.report.reporter import Reporter

__all__ = ["reporter_for", "run"]

WIDEST_LINE = 140
"""Columns of the lines on very many proposals; running text is easier to read in less."""
MOST_UNUSED = 5
"""Decisions that are in no report and are named."""


def run(
    terms: RunTerms,
    paths: Sequence[str],
    reporter_to: Callable[[OutputFile], Reporter],
    outcome: ExitTally,
    *,
    interruption: Interruption,
    since: Since | None = None,
    jobs: int,
    output_path: str | None,
    quiet: bool,
    summarised: bool,
    at_the_end: bool = False,
    selection: Selection | None = None,
) -> None:
    """Check everything, in up to ``jobs`` processes, and write the report; ``outcome`` counts what is found.

    ``since`` compares with an older run. ``summarised`` is whether the format ends with a
    summary, which says what was not checked; otherwise standard error has to. ``at_the_end`` is whether nothing of the
    report is written before the last proposal. ``selection`` is what the report shows.
    Raises click.UsageError where the output cannot be written or would take the place of a proposal, or where the call
    or a parameter is not there, BrokenPackError where the call cannot be used, OutputError where the report can no
    longer be written, and Interrupted where somebody does not want to wait for it.
    """
    with interruption.open(), usage_errors():
        engine = terms.engine(for_people=terms.for_people)
        keep_inputs(paths, output_path)
    passed_over: list[PassedOver] = []
    notices: set[str] = set()
    reported = shown = 0
    assessed: set[int] = set()
    seal = InputSeal() if summarised else None
    first: Checked | None = None
    with output(output_path, marked=summarised) as destination, usage_errors():
        progress = ProgressCount(
            shown=_progress_shown(output_path, quiet, at_the_end=at_the_end), find_total=partial(total_size, paths)
        )
        reporter = reporter_to(destination)
        gathering = Gathering(terms, engine)
        stream = Stream(terms, engine, jobs=jobs, interruption=interruption)
        try:
            inputs = open_inputs(paths, pass_over=passed_over.append)
            with closing(stream.finished(inputs)) as all_finished:
                for finished in all_finished:
                    for checked in finished.checked:
                        if seal is not None and reported == 0 and first is None:
                            # What is said of many inputs is not to delay the report on one.
                            first = checked
                        elif seal is not None:
                            seal.add(checked.sha256)
                        if selection is None or selection.shows(checked.report):
                            reporter.add(checked.report, checked.on_demand)
                            shown += 1
                        else:
                            reporter.count(checked.report)
                        if since is not None:
                            since.add(checked.report)
                        if terms.assessments is not None:
                            assessed |= terms.assessments.about(checked.report)
                    for error in finished.broken:
                        if error.call_id not in outcome.broken:
                            say(f"Error: {BrokenPackError(error.call_id, error).format_message()}")
                    outcome.add(finished)
                    gathering.add(finished)
                    notices.update(finished.notices)
                    assessed |= finished.assessed
                    if finished.text:
                        destination.write_utf8(finished.text)
                        shown += finished.text.count(b"\n")
                    reported += finished.inputs
                    progress.step(finished.inputs, finished.size)
        except Interrupted as interrupted:
            outcome.interrupt(interrupted.number)
            destination.partial = True
        finally:
            progress.clear()
        missed = any(one.possible for one in passed_over)
        if missed:
            outcome.miss_input()
        complete = not (outcome.interrupted or missed)
        checksum = None
        if seal is not None and first is not None and stream.inputs > 1:
            seal.add(first.sha256)
            checksum = seal.checksum()
        course = RunSummary(stream.inputs, tuple(passed_over), complete, outcome.interrupted, checksum)
        if selection is not None:
            course = changed(course, shown=Shown(shown, reported, selection.in_words()))
        # A run that was interrupted is not compared with a whole one.
        comparison = None if since is None or outcome.interrupted else since.comparison()
        outcome.compare(comparison)
        portfolio = gathering.portfolio()
        reporter.finish(Overview(portfolio, gathering.what_if(), comparison, course))
    if terms.assessments is not None and not outcome.interrupted:
        notices.update(_unused(terms.assessments, assessed))
    if portfolio is not None and portfolio.resubmissions is not None and not summarised:
        from mpfcheck.report.say.portfolio import sent_again_in_words

        for group in portfolio.resubmissions.groups:
            say(plain(f"Sent in again: {sent_again_in_words(group)}"))
    # Processes find them in whatever order they come to a call.
    for notice in sorted({*notices, *gathering.notices()}):
        say(plain(f"Warning: {notice}"))
    _say_run(course, reported, output_path, destination.path, summarised=summarised)


def reporter_for(
    name: str, *, output_path: str | None, only_trouble: bool, explain: bool, details: bool
) -> Callable[[OutputFile], Reporter]:
    """What makes the reporter of a format, given where to write; each is imported only where it is asked for."""
    if name != "text":
        return partial(_reporter_named, name, byte_order_mark=not is_standard(output_path))
    from mpfcheck.report.as_text import TextReporter

    text = partial(TextReporter, only_trouble=only_trouble, explain=explain, details=details)
    if is_standard(output_path):
        text = partial(
            text, style=style_for(sys.stdout), width=width_for(sys.stdout), widest=width_for(sys.stdout, WIDEST_LINE)
        )
    return lambda destination: text(destination.write)


def _reporter_named(name: str, destination: OutputFile, *, byte_order_mark: bool) -> Reporter:
    from mpfcheck.report.formats import BINARY, JSON, binary_reporter_of, json_reporter_of, reporter_of

    if name in BINARY:
        return binary_reporter_of(name, destination.write_bytes, version=__version__, warn=_warn)
    if name in JSON:
        return json_reporter_of(name, destination.write_utf8, version=__version__)
    return reporter_of(name, destination.write, version=__version__, byte_order_mark=byte_order_mark)


def _warn(sentence: str) -> None:
    say(plain(f"Warning: {sentence}"))


def _progress_shown(output_path: str | None, quiet: bool, *, at_the_end: bool) -> bool:
    """Whether a person waits who does not see the report meanwhile."""
    seen = is_standard(output_path) and sys.stdout.isatty() and not at_the_end
    return not quiet and not seen and sys.stderr.isatty()


def _unused(assessments: Assessments, used: set[int]) -> Iterator[str]:
    """Say which decisions are in no report, by the proposal and the rule; some of many."""
    left = [one for number, one in enumerate(assessments.recorded) if number not in used]
    if not left:
        return
    from collections import Counter

    from mpfcheck.report.words import counted, names

    named = [f"{one.assessment.rule} for {one.title or one.path or 'a proposal'}" for one in left]
    several = Counter(named)
    shown = names(
        [f"{one} ({number} decisions)" if number > 1 else one for one, number in several.most_common()][:MOST_UNUSED],
        len(several),
    )
    yield (
        f"{counted(len(left), 'decision is', 'decisions are')} not in any report: the proposal was not checked, or its "
        f"rules have no such manual rule: {shown}."
    )


def _say_run(course: RunSummary, reported: int, asked_for: str | None, path: str | None, *, summarised: bool) -> None:
    """Say what a person must know of the run beside its report."""
    if course.complete and not (course.interrupted or course.shown or course.passed_over):
        return
    # Most runs have nothing to say, and formats for programs load no words.
    from mpfcheck.report.words import counted, not_complete, selected, why_not_checked

    lines = [selected(course)] if course.shown and not summarised else []
    if course.interrupted:
        lines.append(f"Interrupted. The report is not complete: {counted(reported, 'proposal')} checked.")
        if path is not None:
            kept = f"; {asked_for} is unchanged" if path != asked_for and os.path.exists(asked_for or "") else ""
            lines.append(f"It was written to {path}{kept}.")
    elif not course.complete and (not summarised or path is not None):
        lines += not_complete(course)
    # What the report has no place for must be said here; what it cannot do without, too.
    named = [one for one in course.passed_over if not summarised or (one.possible and path is not None)]
    lines += [f"Not checked: {one.path}: {why_not_checked(one)}" for one in named]
    for line in lines:
        say(plain(line))
