"""The blocks about a report that was made again: the same, different, not complete or not verified, and why."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from mpfcheck.checking.report import InputReference, PassedOver, ProposalReport
from mpfcheck.engine.bundle import Bundle
from mpfcheck.frozen import Frozen
from mpfcheck.report.blocks import Block, Group, Lines, Say, Title, Tone
from mpfcheck.report.json_difference import ABSENT, Difference
from mpfcheck.report.overview import RunSummary
from mpfcheck.report.words import counted, input_name, project_name, why_not_checked
from mpfcheck.version import __version__

__all__ = ["MOST_DIFFERENCES", "Verification", "not_compared", "verification_blocks"]

MOST_DIFFERENCES = 20
LONGEST_VALUE = 200
is_wording = re.compile(r"/reports/\d+/(?:results/\d+/(?:title|message|fix)|problems/\d+/(?:message|hint))").fullmatch
"""The members that are sentences of mpfcheck and its rules. Versions may word them differently."""


class Verification(Frozen):
    """What comes out where a report is made again.

    ``missing`` are its proposals that were not given; ``same`` whether every byte is the same, ``differences`` where
    its content differs. ``strangers`` are proposals that it does not have, ``unseen`` possible proposals that were not
    checked. ``run`` and ``version`` are those that the report names. ``decisions`` is how many decisions of people were
    taken as the report has them, ``scores`` how many scores of a table. ``added`` are the members that this version
    writes and the version of the report did not; ``bundle`` is what the report came in, if it came in one.
    """

    reports: int
    size: int
    same: bool
    missing: Sequence[ProposalReport]
    differences: Sequence[Difference]
    strangers: Sequence[InputReference]
    unseen: Sequence[PassedOver]
    run: RunSummary
    version: str | None
    decisions: int = 0
    scores: int = 0
    added: Sequence[str] = ()
    bundle: Bundle | None = None

    @property
    def complete(self) -> bool:
        """Whether the report is about all proposals given, and says that it is complete."""
        return not (self.strangers or self.unseen) and self.run.complete


def verification_blocks(name: str, found: Verification) -> Iterator[Block]:
    """The result first, then what it is about."""
    every_byte = "every byte is the same."
    if found.added:
        every_byte = f"everything in it is the same. This version of mpfcheck also writes {', '.join(found.added)}."
    if found.missing:
        yield Title("NOT VERIFIED", name, Tone.NOTICE)
        yield from _missing(found.missing)
    elif not found.same:
        yield Title("DIFFERENT", name, Tone.ALARM)
        yield from _differences(found.differences)
    elif not found.complete:
        yield Title("NOT COMPLETE", name, Tone.ALARM)
        yield Say((f"{counted(found.reports, 'report')}: {every_byte}",))
    else:
        yield Title("THE SAME", name, Tone.GOOD)
        yield Say((f"{counted(found.reports, 'report')}, {counted(found.size, 'byte')}: {every_byte}",))
    if found.bundle is not None:
        yield from _bundle(found.bundle)
    if found.strangers:
        yield Say(("These proposals are not in the report:",))
        yield Lines([input_name(stranger) for stranger in found.strangers])
    if found.unseen:
        yield Say(("These files may be proposals and were not checked:",))
        yield _paths(found.unseen)
    if not found.run.complete:
        why = "the run was interrupted." if found.run.interrupted else "files that may be proposals were not checked."
        yield Say((f"The report says that it is not complete: {why}",))
        yield _paths(found.run.passed_over)
    yield from (Say((sentence,)) for sentence in not_compared(found))
    if found.version not in (None, __version__):
        yield Say((f"The report was written by mpfcheck {found.version}; this is {__version__}.",))


def not_compared(found: Verification) -> Iterator[str]:
    """What people brought into the report, and what was taken as it stands there, in sentences."""
    if found.decisions:
        decisions = counted(found.decisions, "decision on manual rules was", "decisions on manual rules were")
        yield f"{decisions} not compared. To compare, use mpfcheck verify with --assessments FILE."
    if found.scores:
        scores = counted(found.scores, "score from a table was", "scores from a table were")
        yield f"{scores} not compared. Look at the table."


def _bundle(bundle: Bundle) -> Iterator[Block]:
    yield Say((f"The bundle was made by mpfcheck {bundle.program}. These rules are in it, and were used:",))
    yield Lines([f"{call.id}, version {call.version}, checksum {call.sha256}" for call in bundle.calls])


def _paths(passed_over: Iterable[PassedOver]) -> Lines:
    return Lines([f"{one.path}: {why_not_checked(one)}" for one in passed_over])


def _missing(missing: Sequence[ProposalReport]) -> Iterator[Block]:
    yield Say(("The report is about these proposals, but they were not given:",))
    checksums = [f" (SHA-256 {report.input.sha256})" if report.input.sha256 else "" for report in missing]
    names = [project_name(report.input) for report in missing]
    yield Lines([f"{name}{checksum}" for name, checksum in zip(names, checksums, strict=True)])
    yield Say(("Give them, or check whether they changed since the report was written.",))


def _differences(differences: Sequence[Difference]) -> Iterator[Block]:
    if not differences:
        yield Say(("The content is the same, but spaces or the order differ. Someone may have edited the file.",))
    elif len(differences) <= MOST_DIFFERENCES and all(is_wording(one.pointer) for one in differences):
        yield Say(("Only sentences differ: verdicts and statuses are the same.",))
        yield Say(("Another version of mpfcheck or of its rules may have written them, or someone changed them.",))
    for one in differences[:MOST_DIFFERENCES]:
        yield Group(one.pointer or "/", "", (f"report: {_value(one.old)}", f"again:  {_value(one.new)}"))
    if len(differences) > MOST_DIFFERENCES:
        yield Lines(("… and more.",))


def _value(value: object) -> str:
    text = str(value) if value is ABSENT else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
