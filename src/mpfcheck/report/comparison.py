"""Two runs compared: which findings are new, which are gone because they were mended, whose verdict changed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from hashlib import sha256

from mpfcheck.checking.fingerprint import fingerprint
from mpfcheck.checking.report import InputReference, ProposalReport, Result, Severity, Status, Verdict
from mpfcheck.checking.what_if import RuleStatus, VerdictChange, counted_statuses, status_changes
from mpfcheck.frozen import Frozen

__all__ = ["Comparison", "Finding", "Since", "compare", "findings"]

FOUND = (Status.FAIL, Status.INCONCLUSIVE)
"""The statuses that are findings. What waits for answers or for a person is no finding yet."""


class Finding(Frozen):
    """Something wrong with a proposal: a rule that fails or cannot be evaluated, or (``rule`` None) the file itself.

    Within a proposal the fingerprint tells it from every other and is the same in every run.
    """

    input: InputReference
    rule: str | None
    title: str
    severity: Severity
    message: str
    fingerprint: str


class Comparison(Frozen):
    """The difference between an older run and a newer one.

    ``added`` and ``removed`` are inputs that only the newer or only the older run has. Findings of an added input are
    new; those of a removed one are not fixed, and neither are those of an input that can no longer be read:
    ``unknown`` holds them.
    """

    in_short = ("verdicts", "added", "removed")

    new: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    unchanged: tuple[Finding, ...]
    unknown: tuple[Finding, ...]
    verdicts: tuple[VerdictChange, ...]
    added: tuple[InputReference, ...]
    removed: tuple[InputReference, ...]


class _Older(Frozen):
    """What is held of a report of the older run, of which there may be many."""

    input: InputReference
    verdict: Verdict
    findings: tuple[Finding, ...]
    statuses: tuple[RuleStatus, ...]


class Since:
    """A run compared with an older one, report by report, without holding the newer reports.

    A proposal is the one of the older run that had the same path and line, or else the same content. Where each run is
    about one proposal only, they are taken to be the same one, whatever its name.
    """

    def __init__(self, older: Iterable[ProposalReport]) -> None:
        """Compare with these reports. Only what a comparison says of them is held."""
        self._older: list[_Older] = []
        self._by_place: dict[tuple[str, int | None], _Older] = {}
        self._by_content: dict[str, _Older] = {}
        # A rule with its title and status is the same in many reports.
        same: dict[RuleStatus, RuleStatus] = {}
        for report in older:
            statuses = tuple([same.setdefault(one, one) for one in counted_statuses(report.results)])
            known = _Older(report.input, report.verdict, tuple(findings(report)), statuses)
            self._older.append(known)
            place = _place(report)
            if place is not None:
                self._by_place.setdefault(place, known)
            if report.input.sha256 is not None:
                self._by_content.setdefault(report.input.sha256, known)
        self._met: set[int] = set()
        self._alone: ProposalReport | None = None
        self._new: list[Finding] = []
        self._fixed: list[Finding] = []
        self._unchanged: list[Finding] = []
        self._unknown: list[Finding] = []
        self._verdicts: list[VerdictChange] = []
        self._added: list[InputReference] = []
        self._reports = 0

    def add(self, report: ProposalReport) -> None:
        """Take the next report of the newer run."""
        self._reports += 1
        old = self._older_of(report)
        if old is None and len(self._older) == self._reports == 1:
            # Whether it is the only one is known when the next one comes, or none.
            self._alone = report
            return
        if self._alone is not None:
            self._compare(None, self._alone)
            self._alone = None
        self._compare(old, report)

    def comparison(self) -> Comparison:
        """What came out, when all reports were added."""
        if self._alone is not None:
            self._compare(self._older[0], self._alone)
            self._alone = None
        # Of a file that was checked twice in one run, the first report stands for both.
        removed = [old for old in self._older if not {id(old), id(self._older_of(old))} & self._met]
        return Comparison(
            new=tuple(self._new),
            fixed=tuple(self._fixed),
            unchanged=tuple(self._unchanged),
            unknown=(*self._unknown, *(finding for old in removed for finding in old.findings)),
            verdicts=tuple(self._verdicts),
            added=tuple(self._added),
            removed=tuple(old.input for old in removed),
        )

    def _older_of(self, report: ProposalReport | _Older) -> _Older | None:
        """The older report on the same proposal."""
        place = _place(report)
        found = None if place is None else self._by_place.get(place)
        if found is None and report.input.sha256 is not None:
            found = self._by_content.get(report.input.sha256)
        return found

    def _compare(self, old: _Older | None, report: ProposalReport) -> None:
        was = {finding.fingerprint: finding for finding in old.findings} if old else {}
        now = {finding.fingerprint: finding for finding in findings(report)}
        self._new += [finding for key, finding in now.items() if key not in was]
        self._unchanged += [finding for key, finding in now.items() if key in was]
        gone = [finding for key, finding in was.items() if key not in now]
        (self._fixed if _readable(report) else self._unknown).extend(gone)
        if old is None:
            self._added.append(report.input)
            return
        self._met.add(id(old))
        if old.verdict is not report.verdict:
            self._verdicts.append(_verdict_change(old, report))


def findings(report: ProposalReport) -> Iterator[Finding]:
    """Everything wrong with a proposal: what is wrong with the file, and the rules that fail or cannot be evaluated."""
    for problem in report.problems:
        identity = sha256(f"{problem.pointer}\n{problem.message}".encode("utf-8", "backslashreplace")).hexdigest()[:16]
        yield Finding(report.input, None, "The file", problem.severity, problem.message, identity)
    for result in report.results:
        if result.status in FOUND:
            yield _finding(report, result)


def compare(older: Iterable[ProposalReport], newer: Iterable[ProposalReport]) -> Comparison:
    """Compare two runs."""
    since = Since(older)
    for report in newer:
        since.add(report)
    return since.comparison()


def _verdict_change(old: _Older, new: ProposalReport) -> VerdictChange:
    both = _readable(old) and _readable(new)
    rules = status_changes(old.statuses, counted_statuses(new.results)) if both else ()
    return VerdictChange(new.input, old.verdict, new.verdict, rules)


def _readable(report: ProposalReport | _Older) -> bool:
    return report.verdict is not Verdict.INVALID


def _place(report: ProposalReport | _Older) -> tuple[str, int | None] | None:
    path = report.input.path
    return None if path is None else (posixpath.normpath(path.replace("\\", "/")), report.input.line)


def _finding(report: ProposalReport, result: Result) -> Finding:
    return Finding(
        report.input, result.rule, result.title, result.severity, result.message, fingerprint(report, result)
    )
