"""Two runs compared: which findings are new, which are gone because they were mended, whose verdict changed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from hashlib import sha256

from mpfcheck.checking.fingerprint import fingerprint
from mpfcheck.checking.report import InputReference, ProposalReport, Result, Severity, Status, Verdict
from mpfcheck.checking.verdict_change import VerdictChange, status_changes
from mpfcheck.frozen import Frozen

__all__ = ["Baseline", "Comparison", "Finding", "compare", "findings"]

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

    new: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    unchanged: tuple[Finding, ...]
    unknown: tuple[Finding, ...]
    verdicts: tuple[VerdictChange, ...]
    added: tuple[InputReference, ...]
    removed: tuple[InputReference, ...]


class Baseline:
    """The findings of an older run, to tell the new ones of proposals that are being checked.

    A proposal is the one of the older run that had the same path and line, or else the same content.
    """

    def __init__(self, reports: Sequence[ProposalReport]) -> None:
        """Take the reports of the older run."""
        self._by_place: dict[tuple[str, int | None], ProposalReport] = {}
        self._by_content: dict[str, ProposalReport] = {}
        self._known: dict[int, frozenset[str]] = {}
        for report in reports:
            place = _place(report)
            if place is not None:
                self._by_place.setdefault(place, report)
            if report.input.sha256 is not None:
                self._by_content.setdefault(report.input.sha256, report)

    def report_of(self, report: ProposalReport) -> ProposalReport | None:
        """The older report on the same proposal."""
        place = _place(report)
        found = None if place is None else self._by_place.get(place)
        if found is None and report.input.sha256 is not None:
            found = self._by_content.get(report.input.sha256)
        return found

    def new_findings(self, report: ProposalReport) -> tuple[Finding, ...]:
        """The findings of a report that the older run did not have."""
        old = self.report_of(report)
        known = self._fingerprints(old) if old is not None else frozenset()
        return tuple(finding for finding in findings(report) if finding.fingerprint not in known)

    def _fingerprints(self, report: ProposalReport) -> frozenset[str]:
        if id(report) not in self._known:
            self._known[id(report)] = frozenset(finding.fingerprint for finding in findings(report))
        return self._known[id(report)]


def findings(report: ProposalReport) -> Iterator[Finding]:
    """Everything wrong with a proposal: what is wrong with the file, and the rules that fail or cannot be evaluated."""
    for problem in report.problems:
        identity = sha256(f"{problem.pointer}\n{problem.message}".encode("utf-8", "backslashreplace")).hexdigest()[:16]
        yield Finding(report.input, None, "The file", problem.severity, problem.message, identity)
    for result in report.results:
        if result.status in FOUND:
            yield _finding(report, result)


def compare(older: Sequence[ProposalReport], newer: Sequence[ProposalReport]) -> Comparison:
    """Compare two runs. Where each is about one proposal only, they are taken to be the same one, whatever its name."""
    baseline = Baseline(older)
    pairs = [(baseline.report_of(report), report) for report in newer]
    if len(older) == len(newer) == 1:
        pairs = [(older[0], newer[0])]
    new: list[Finding] = []
    fixed: list[Finding] = []
    unchanged: list[Finding] = []
    unknown: list[Finding] = []
    verdicts: list[VerdictChange] = []
    for old, report in pairs:
        was = {finding.fingerprint: finding for finding in findings(old)} if old else {}
        now = {finding.fingerprint: finding for finding in findings(report)}
        new += [finding for key, finding in now.items() if key not in was]
        unchanged += [finding for key, finding in now.items() if key in was]
        gone = [finding for key, finding in was.items() if key not in now]
        (fixed if _readable(report) else unknown).extend(gone)
        if old is not None and old.verdict is not report.verdict:
            verdicts.append(_verdict_change(old, report))
    met = {id(old) for old, _ in pairs}
    # Of a file that was checked twice in one run, the first report stands for both.
    removed = [report for report in older if not {id(report), id(baseline.report_of(report))} & met]
    unknown += [finding for report in removed for finding in findings(report)]
    return Comparison(
        new=tuple(new),
        fixed=tuple(fixed),
        unchanged=tuple(unchanged),
        unknown=tuple(unknown),
        verdicts=tuple(verdicts),
        added=tuple(report.input for old, report in pairs if old is None),
        removed=tuple(report.input for report in removed),
    )


def _verdict_change(old: ProposalReport, new: ProposalReport) -> VerdictChange:
    rules = status_changes(old.results, new.results) if _readable(old) and _readable(new) else ()
    return VerdictChange(new.input, old.verdict, new.verdict, rules)


def _readable(report: ProposalReport) -> bool:
    return report.verdict is not Verdict.INVALID


def _place(report: ProposalReport) -> tuple[str, int | None] | None:
    path = report.input.path
    return None if path is None else (posixpath.normpath(path.replace("\\", "/")), report.input.line)


def _finding(report: ProposalReport, result: Result) -> Finding:
    return Finding(
        report.input, result.rule, result.title, result.severity, result.message, fingerprint(report, result)
    )
