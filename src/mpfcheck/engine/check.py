"""From a document and terms to a checked proposal: the call is chosen, the rules are applied, what is found is kept.

engine = Engine(Registry(folders), Terms(call_id="mpf-2023-borders-security"))
checked = engine.check(read_file(path))
checked.report.verdict
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from mpfcheck.checking.checker import Checker, ParameterError, UnknownRuleError, invalid_report
from mpfcheck.checking.problems import MEND, call_named, no_call, unusable
from mpfcheck.checking.report import InputReference, Problem, ProposalReport, Verdict
from mpfcheck.engine.registry import NO_TERMS, BrokenCallError, Registry, Terms
from mpfcheck.frozen import changed
from mpfcheck.packs.find import UnknownCallError
from mpfcheck.reading.document import Document
from mpfcheck.reading.inputs import InputSource

if TYPE_CHECKING:
    from mpfcheck.checking.explain import Explanation
    from mpfcheck.checking.portfolio.ranking import RankBy
    from mpfcheck.checking.portfolio.resubmissions import Counting
    from mpfcheck.checking.what_if import VerdictChange, WhatIf
    from mpfcheck.engine.assessments import Assessments
    from mpfcheck.engine.portfolio import Portfolio, PortfolioEntry

__all__ = ["Checked", "Engine", "check_against", "input_reference"]

_INVALID: Final = Verdict.INVALID
"""To look a member up in its class takes longer than all else that keeps a report."""


class Checked:
    """A checked proposal: its ``report``, and what more can be asked about it.

    ``checker`` is what it was checked by; None where its call is not known or cannot be used, which ``broken`` then
    says. ``answers`` are those the rules were applied to; None where there are none.
    """

    __slots__ = ("_document", "answers", "broken", "checker", "report")

    def __init__(
        self,
        report: ProposalReport,
        document: Document | None = None,
        checker: Checker | None = None,
        broken: BrokenCallError | None = None,
    ) -> None:
        applied = checker is not None and report.verdict is not _INVALID
        self.report = report
        self.checker = checker
        self.broken = broken
        self.answers: Mapping[str, object] | None = document.answers if applied and document is not None else None
        self._document = document

    @property
    def sha256(self) -> str | None:
        """The checksum of the input, also where its report for people has none; None where nothing was read."""
        known = self.report.input.sha256
        return known if known is not None or self._document is None else self._document.sha256

    @property
    def on_demand(self) -> Checked | None:
        """What a format may ask about the proposal beyond its report; None where no rule was applied."""
        return None if self.answers is None else self

    def place_of(self, pointer: str) -> tuple[int, int] | None:
        """The line and column of a field, or None where it has none."""
        return None if self._document is None else self._document.place_of(pointer)

    def explain(self, rule_id: str) -> tuple[Explanation, ...]:
        """The conditions of a rule with the proposal's values in them; nothing where no rule was applied."""
        if self.checker is None or self.answers is None:
            return ()
        return self.checker.explain(self.answers, rule_id)

    def look_ahead(self) -> None:
        """Add to the report what is certain already, and the smallest change that would do.

        Raises SolverMissingError where the solver is not installed.
        """
        if self.checker is None or self.answers is None:
            return
        from mpfcheck.proving.outlook import outlook_and_repair

        outlook, repair = outlook_and_repair(self.checker, self.answers)
        changes = repair.changes or None if repair else None
        self.report = changed(self.report, outlook=outlook, repair=changes)

    def count_in(self, portfolio: Portfolio) -> None:
        """Take the proposal into a portfolio."""
        if self.answers is None:
            portfolio.add(self.report)
        else:
            portfolio.add(self.report, self.answers, self.checker)

    def entry(self, counting: Counting | None = None, rank_by: RankBy | None = None) -> PortfolioEntry:
        """What a portfolio keeps of the proposal, to be sent to where the portfolio is."""
        from mpfcheck.engine.portfolio import entry

        checker = self.checker if self.answers is not None else None
        return entry(self.report, self.answers, checker, counting, rank_by)

    def changes(self, what_if: WhatIf) -> list[VerdictChange]:
        """How the verdict would change; none if it would not. Raises ParameterError for an unknown parameter."""
        if self.checker is None or self.answers is None:
            return []
        change = what_if.change(self.checker, self.answers, self.report.input)
        return [] if change is None else [change]


class Engine:
    """Checks documents on the same terms, one by one. It keeps nothing of them; safe to share between threads.

    Which calls there are is found out once, when a document names none of them.

    Reports ``for_people`` have no checksums, and places on demand only: both cost more than the check itself.
    Those that are ``bare`` have the verdict and the status of every rule only. ``choose`` says how else a call can be
    chosen, such as ``choose one with --call``. With ``outlook`` a report also says what is certain already: this needs
    the solver, and takes a hundred times as long as the check. ``assessments`` are decisions of people on manual rules,
    which the reports then name; they are found by checksums, so not for people.
    """

    def __init__(
        self,
        registry: Registry,
        terms: Terms = NO_TERMS,
        *,
        choose: str = "choose one",
        for_people: bool = False,
        outlook: bool = False,
        bare: bool = False,
        assessments: Assessments | None = None,
    ) -> None:
        """Check on these terms. Nothing is loaded yet: see :meth:`ready`."""
        self.registry = registry
        self.terms = terms
        self._choose = choose
        self._for_people = for_people
        self._outlook = outlook
        self._bare = bare
        self._assessments = assessments
        self._ids: tuple[str, ...] | None = None
        self._last: tuple[str, Checker] | None = None

    def ready(self) -> None:
        """Load the call of the terms, where they name one.

        Raises UnknownCallError, BrokenCallError, ParameterError and UnknownRuleError.
        """
        if self.terms.call_id is not None:
            self.registry.checker(self.terms.call_id, self.terms)

    def check(self, document: Document, path: str | None = None, line: int | None = None) -> Checked:
        """Check one document, from ``line`` of the file at ``path``. Bad data never raises: the report says it.

        Raises as :meth:`ready` where the call is that of the terms. Where the proposal names its call, a call that is
        not known or is broken is told in the report; ParameterError and UnknownRuleError are raised all the same.
        """
        if self._bare and document.answers is not None:
            reference = InputReference(path, line, None, document.title)
        else:
            reference = document.reference(path, line, checksum=not self._for_people)
        if self.terms.call_id is not None:
            return self._checked(self._checker(self.terms.call_id), document, reference)
        if document.answers is None:
            return Checked(invalid_report(document.problems, reference), document)
        named = call_named(document.answers)
        if named is None or "@" in named or (self._ids is not None and named not in self._ids):
            # By which version a proposal is checked is not for the proposal to say.
            return self._without_call(named, document, reference)
        try:
            checker = self._checker(named)
        except UnknownCallError:
            return self._without_call(named, document, reference)
        except BrokenCallError as error:
            problems = (Problem(unusable(error.call_id), MEND), *document.problems)
            return Checked(ProposalReport(reference, None, None, Verdict.INCONCLUSIVE, problems), document, None, error)
        return self._checked(checker, document, reference)

    def _checker(self, call_id: str) -> Checker:
        """What checks against a call; raises as :meth:`Registry.checker`."""
        last = self._last
        if last is None or last[0] != call_id:
            # Mostly the next proposal is one for the same call, and the terms stay the same.
            last = self._last = call_id, self.registry.checker(call_id, self.terms)
        return last[1]

    def _checked(self, checker: Checker, document: Document, reference: InputReference) -> Checked:
        if self._bare and document.answers is not None:
            return Checked(checker.bare_report(document.answers, reference), document, checker)
        checked = check_against(checker, document, reference, places=not self._for_people)
        if self._outlook:
            checked.look_ahead()
        if self._assessments is not None:
            checked.report = self._assessments.added_to(checked.report)
        return checked

    def check_input(self, source: InputSource) -> Checked:
        """Read one input and check it; otherwise like :meth:`check`.

        Where mpfcheck itself fails, the report is inconclusive and says so: one input never costs the others.
        """
        try:
            return self.check(source.document(), source.path, source.line)
        except (UnknownCallError, BrokenCallError, ParameterError, UnknownRuleError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever is wrong here is a fault of mpfcheck
            # No run is to pay for what should never happen.
            from mpfcheck.engine.fault import fault_report

            return Checked(fault_report(error, input_reference(source, checksum=not self._for_people)))

    def _without_call(self, named: str | None, document: Document, reference: InputReference) -> Checked:
        if self._ids is None:
            # A whole batch may name no call, and to look for all there are takes longer than a check.
            self._ids = self.registry.ids()
        missing = no_call(named, self._ids, document.place_of, self._choose)
        return Checked(invalid_report((missing, *document.problems), reference), document)

    def checker_of(self, call_id: str) -> Checker:
        """The checker of a call that a proposal was checked against, here or in another process; raises as ready."""
        chosen = self.terms.call_id
        # Where one version of the call was chosen, it is that one.
        same_call = chosen is not None and chosen.partition("@")[0] == call_id
        return self.registry.checker(chosen if chosen is not None and same_call else call_id, self.terms)


def check_against(checker: Checker, document: Document, reference: InputReference, *, places: bool = True) -> Checked:
    """Check a document with a checker that was chosen already. Without ``places`` they are found on demand only."""
    if document.answers is None:
        as_of = checker.as_of.isoformat()
        return Checked(invalid_report(document.problems, reference, checker.reference, as_of), document)
    report = checker.report(
        document.answers,
        problems=document.problems,
        place_of=document.place_of if places else _no_place,
        place_of_problem=document.place_of,
        input=reference,
        likely=document.likely,
    )
    return Checked(report, document, checker)


def input_reference(source: InputSource, *, checksum: bool) -> InputReference:
    """What a report says of its input when nothing of it was read as a proposal."""
    return Document(None, (), source.data).reference(source.path, source.line, checksum=checksum)


def _no_place(_pointer: str) -> None:
    return None
