"""A portfolio being collected: proposals come one by one, and a few facts of each are kept, not its report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from decimal import Decimal, localcontext
from hashlib import blake2b
from json import JSONEncoder
from typing import Any, TypeAlias

from mpfcheck.checking.checker import Checker, ParameterError
from mpfcheck.checking.portfolio.ranking import RankBy, Scored, ScoreRow, ranked_envelopes
from mpfcheck.checking.portfolio.resubmissions import (
    BY_FILE,
    Counting,
    Order,
    Resubmission,
    Resubmissions,
    latest_of,
    order_of,
    same_of,
)
from mpfcheck.checking.portfolio.rules import FieldTree, only
from mpfcheck.checking.portfolio.summary import (
    Appearance,
    LeadCountry,
    NearlyEligible,
    PicHolder,
    PortfolioSummary,
    Ranking,
    RuleFiles,
    SameProposal,
    SharedOrganisation,
    SharedPic,
)
from mpfcheck.checking.report import InputReference, ProposalReport, Result, Severity, Status, Verdict
from mpfcheck.feel.values.value import ARITHMETIC
from mpfcheck.frozen import Frozen, FrozenDict, changed
from mpfcheck.same_name import name_key, pic_key

__all__ = ["Organisation", "Organisations", "Portfolio", "PortfolioEntry", "ProposalFacts", "SameProposals", "entry"]


MOST_ROWS_NAMED = 5
"""Rows of a table of scores that no proposal has, and that are named."""
SILENT = (Status.PASS, Status.NOT_APPLICABLE)

_CHOSEN = frozenset(("same", "order", "score"))
"""What of the facts comes from fields that people choose."""


class Organisation(Frozen):
    """An applicant as the proposal names it; ``role`` is ``lead`` or ``co_applicant``."""

    role: str
    name: str | None
    country: str | None
    pic: str | None


class ProposalFacts(Frozen):
    """What is kept of the answers.

    ``content`` is a checksum of all of them, the same however the file is laid out; ``name`` is the call, the title
    and the name of the lead applicant, None where one is missing. ``same`` and ``order`` say which states of one
    proposal it is among, and where, and ``score`` is that of a ranking, if that was asked for. ``together`` holds the
    fields that the portfolio rules of the call read.
    """

    content: bytes
    name: tuple[str, str, str] | None
    same: str | None
    order: Order | None
    score: Decimal | None
    country: str | None
    requested: Decimal | None
    organisations: tuple[Organisation, ...]
    together: Mapping[str, object]


class PortfolioEntry(Frozen):
    """What is kept of one proposal. Small, and can be sent from one process to another.

    ``statuses`` holds every rule that neither passes nor is not applicable, with its status. ``obstacles`` are the
    blocking ones among them that keep the proposal from being eligible. ``reviewed`` are the manual rules that a person
    decided. ``fix`` is how to fix the only obstacle, if it is one failing rule. ``facts`` is None for a file that is
    not a proposal.
    """

    input: InputReference
    call: str | None
    verdict: Verdict
    statuses: tuple[tuple[str, Status], ...]
    obstacles: tuple[str, ...]
    fix: str | None
    facts: ProposalFacts | None
    reviewed: frozenset[str] = frozenset()


def entry(
    report: ProposalReport,
    answers: Mapping[str, object] | None,
    checker: Checker | None,
    counting: Counting | None = None,
    rank_by: RankBy | None = None,
) -> PortfolioEntry:
    """What to keep of a proposal; ``answers`` and ``checker`` are those its report was made from, if any."""
    obstacles = tuple(result for result in report.results if _is_obstacle(result))
    only_one = len(obstacles) == 1 and obstacles[0].status is Status.FAIL
    return PortfolioEntry(
        input=report.input,
        call=report.call.id if report.call else None,
        verdict=report.verdict,
        statuses=tuple((result.rule, result.status) for result in report.results if result.status not in SILENT),
        obstacles=tuple(result.rule for result in obstacles),
        fix=obstacles[0].fix if only_one else None,
        facts=None
        if answers is None
        else _facts(answers, checker.fields_together if checker else None, report.input, counting, rank_by),
        reviewed=report.reviewed,
    )


def _is_obstacle(result: Result) -> bool:
    return result.severity is Severity.BLOCKING and not result.manual and result.status not in SILENT


def _facts(
    answers: Mapping[str, object],
    fields: FieldTree | None,
    input: InputReference,
    counting: Counting | None,
    rank_by: RankBy | None,
) -> ProposalFacts:
    organisations = tuple(_organisations(answers))
    lead = organisations[0] if organisations and organisations[0].role == "lead" else None
    name = (_text(answers.get("call")), _text(answers.get("title")), lead.name if lead else None)
    requested = _record(answers.get("financing")).get("grant_requested")
    return ProposalFacts(
        content=blake2b(_canonical(answers).encode(), digest_size=16).digest(),
        name=(name_key(name[0]), name_key(name[1]), name_key(name[2])) if name[0] and name[1] and name[2] else None,
        same=None if counting is None else same_of(answers, counting),
        order=None if counting is None else order_of(answers, input, counting),
        score=None if rank_by is None else rank_by.score(answers, input),
        country=lead.country if lead else None,
        requested=requested if isinstance(requested, Decimal) else None,
        organisations=organisations,
        together={} if fields is None else only(answers, fields),
    )


def _organisations(answers: Mapping[str, object]) -> Iterator[Organisation]:
    others = answers.get("co_applicants")
    applicants = [("lead", answers.get("lead"))]
    applicants += [("co_applicant", one) for one in others] if isinstance(others, list) else []
    for role, one in applicants:
        if isinstance(one, dict):
            yield Organisation(role, _text(one.get("name")), _text(one.get("country")), _text(one.get("pic")))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and name_key(value) else None


def _record(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"an answer cannot be a {type(value).__name__}")


_canonical = JSONEncoder(sort_keys=True, separators=(",", ":"), default=_plain).encode


_Met: TypeAlias = tuple[int, InputReference, str, str | None, str | None, str | None]
"""The number of the proposal and the fields of an appearance: there are many, and few are ever told."""


class Organisations:
    """Remembers in which proposals an organisation was met."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._by_name: dict[tuple[str, str], list[_Met]] = {}
        self._by_pic: dict[str, list[_Met]] = {}
        self._without_country = 0
        self._proposals = 0
        self._texts: dict[str, str] = {}

    def add(self, input: InputReference, organisations: tuple[Organisation, ...]) -> None:
        """Remember the organisations of one more proposal."""
        self._proposals += 1
        for one in organisations:
            name, country, pic = map(self._once, (one.name, one.country, one.pic))
            met = (self._proposals, input, one.role, name, country, pic)
            if name and country:
                self._by_name.setdefault((name_key(name), country), []).append(met)
            elif name:
                self._without_country += 1
            if pic and (digits := pic_key(pic)):
                self._by_pic.setdefault(digits, []).append(met)

    def found(self) -> tuple[SharedOrganisation, ...]:
        """Every organisation that several proposals name, the most frequent first.

        A PIC brings together only what does not contradict itself, and is told only where name and country do not do
        it already.
        """
        shared = [_shared("name", group) for group in self._by_name.values() if _in_several(group)]
        shared += [
            _shared("pic", group)
            for group in self._by_pic.values()
            if _in_several(group) and len(_holders(group)) > 1 and not _contradicts_itself(group)
        ]
        return tuple(sorted(shared, key=lambda one: (-len(one.appearances), name_key(one.name), one.by)))

    def left_out(self, found: Iterable[SharedOrganisation]) -> int:
        """How many appearances have a name and no country, and are not among those that were found by their PIC."""
        by_pic = (place for one in found if one.by == "pic" for place in one.appearances)
        return self._without_country - sum(1 for place in by_pic if place.name and not place.country)

    def shared_pics(self) -> tuple[SharedPic, ...]:
        """Every PIC that is given with different names or countries, those given most often first."""
        groups = [(pic, group) for pic, group in self._by_pic.items() if _contradicts_itself(group)]
        groups.sort(key=lambda one: (-len(one[1]), one[0]))
        return tuple(SharedPic(pic, tuple(map(_holder, _holders(group)))) for pic, group in groups)

    def _once(self, text: str | None) -> str | None:
        """The text, the same object every time."""
        return text if text is None else self._texts.setdefault(text, text)


def _in_several(group: Iterable[_Met]) -> bool:
    return len({number for number, *_ in group}) > 1


def _contradicts_itself(group: Iterable[_Met]) -> bool:
    """Whether a PIC is given with more than one name, or with more than one country; what is left out says nothing."""
    names = {name_key(name) for *_, name, _, _ in group if name}
    countries = {country for *_, country, _ in group if country}
    return len(names) > 1 or len(countries) > 1


def _holders(group: Iterable[_Met]) -> list[list[_Met]]:
    """The appearances with a PIC, those with the same name and country together."""
    holders: dict[tuple[str, str | None], list[_Met]] = {}
    for met in group:
        *_, name, country, _ = met
        holders.setdefault((name_key(name or ""), country), []).append(met)
    return list(holders.values())


def _holder(group: list[_Met]) -> PicHolder:
    *_, name, country, _ = group[0]
    return PicHolder(name, country, _appearances(group))


def _appearances(group: Iterable[_Met]) -> tuple[Appearance, ...]:
    return tuple(Appearance(input, role, name, country, pic) for _, input, role, name, country, pic in group)


def _shared(by: str, group: list[_Met]) -> SharedOrganisation:
    appearances = _appearances(group)
    names = Counter(appearance.name for appearance in appearances if appearance.name)
    countries = Counter(appearance.country for appearance in appearances if appearance.country)
    pics = {pic_key(appearance.pic): appearance.pic for appearance in reversed(appearances) if appearance.pic}
    written = tuple(reversed(pics.values()))
    name = names.most_common(1)[0][0] if names else written[0]
    country = countries.most_common(1)[0][0] if countries else None
    return SharedOrganisation(by, name, country, written, appearances)


class SameProposals:
    """Remembers the content and the name of every proposal."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._by_content: dict[bytes, list[InputReference]] = {}
        self._by_name: dict[tuple[str, str, str], list[tuple[InputReference, bytes]]] = {}

    def add(self, input: InputReference, facts: ProposalFacts) -> bool:
        """Remember one; tell whether its content is new."""
        same = self._by_content.setdefault(facts.content, [])
        same.append(input)
        if facts.name is not None:
            self._by_name.setdefault(facts.name, []).append((input, facts.content))
        return len(same) == 1

    def found(self) -> tuple[SameProposal, ...]:
        """Every proposal that was met more than once: those of the same content first, each kind as they came."""
        by_content = [SameProposal("content", tuple(same)) for same in self._by_content.values() if len(same) > 1]
        by_name = [
            SameProposal("name", tuple(input for input, _ in same))
            for same in self._by_name.values()
            if len({content for _, content in same}) > 1
        ]
        return (*by_content, *by_name)


class Portfolio:
    """Collects proposals of any calls; says at the end what is known of them together."""

    def __init__(self, counting: Counting | None = None, rank_by: RankBy | None = None) -> None:
        """Start without proposals; ``counting`` says how those that were sent in again are counted once.

        ``rank_by`` says by which score the eligible ones are ranked.
        """
        self._rank_by = rank_by
        self._counting = counting
        self._held: list[PortfolioEntry] = []
        self._without: Set[str] | None = None
        self._rows: dict[ScoreRow, InputReference] = {}
        self._resubmissions: Resubmissions | None = None
        self._number = 0
        self._calls: dict[str, _OfCall] = {}
        self._verdicts: dict[Verdict, list[tuple[int, InputReference]]] = {verdict: [] for verdict in Verdict}
        self._distinct: Counter[Verdict] = Counter()
        self._copies: list[int] = []
        self._nearly: dict[bytes | int, tuple[str, str, str, InputReference]] = {}
        self._nearly_again: Counter[bytes | int] = Counter()
        self._countries: dict[str | None, _OfCountry] = {}
        self._same = SameProposals()
        self._organisations = Organisations()

    def add(
        self,
        report: ProposalReport,
        answers: Mapping[str, object] | None = None,
        checker: Checker | None = None,
    ) -> None:
        """Take the next proposal: its report, and the answers and the checker it was made from, if there were any."""
        self.add_entry(entry(report, answers, checker, self._counting, self._rank_by))

    def add_entry(self, one: PortfolioEntry) -> None:
        """Take what another process kept of the next proposal.

        Raises ParameterError where a row of the table of scores is about several proposals.
        """
        if self._rank_by is not None:
            self._find_row(one.input, self._rank_by)
        if one.facts is not None and not (self._counting is None and self._rank_by is None):
            without = _CHOSEN if self._without is None else self._without
            self._without = {name for name in without if getattr(one.facts, name) is None}
        if self._counting is not None:
            # Only at the end it is known which state of a proposal is the latest.
            self._held.append(one)
        else:
            self._take(one)

    def _find_row(self, input: InputReference, rank_by: RankBy) -> None:
        row = rank_by.row(input)
        if row is None:
            return
        other = self._rows.setdefault(row, input)
        if other.path != input.path:
            raise ParameterError(
                f"Several proposals have the name {_row_in_words(row)} in the table of scores: {other.path}, "
                f"{input.path}. Write their paths in the table, as the report has them."
            )

    def notices(self) -> Iterator[str]:
        """What was chosen to count or to rank by, and is in no proposal: its name may be a slip."""
        without = self._without or ()
        if self._counting is not None:
            if "same" in without and self._counting.same_by is not None:
                yield f"No proposal has a value in the field {self._counting.same_by} (--same-by)."
            if "order" in without and self._counting.latest_by != BY_FILE:
                field = self._counting.latest_by
                yield f"No proposal has a value in the field {field} that shows an order (--latest-by)."
        if "score" in without and self._rank_by is not None:
            if self._rank_by.scores is None:
                yield f"No proposal has a number in the field {self._rank_by.name} (--rank-by)."
            elif not self._rows:
                yield "The table of scores names none of these proposals (--scores)."
        if self._rank_by is not None and self._rows:
            left = [_row_in_words(row) for row in self._rank_by.scores or () if row not in self._rows]
            if left:
                more = f" and {len(left) - MOST_ROWS_NAMED} more" if len(left) > MOST_ROWS_NAMED else ""
                rows = "1 row names" if len(left) == 1 else f"{len(left)} rows name"
                named = f"{'; '.join(left[:MOST_ROWS_NAMED])}{more}"
                yield f"{rows} none of these proposals in the table of scores (--scores): {named}."

    def _take(self, one: PortfolioEntry, *, older: bool = False) -> None:
        self._number += 1
        self._verdicts[one.verdict].append((len(one.obstacles), one.input))
        copy = one.facts is not None and not self._same.add(one.input, one.facts)
        if older:
            if one.call is not None:
                self._calls.setdefault(one.call, _OfCall()).add(one, copy=True, older=True)
            return
        if copy:
            self._copies.append(self._number)
        else:
            self._distinct[one.verdict] += 1
        if one.call is not None:
            self._calls.setdefault(one.call, _OfCall()).add(one, copy=copy)
        if one.call is not None and one.fix is not None and one.verdict is Verdict.INELIGIBLE:
            content = one.facts.content if one.facts else self._number
            if copy:
                self._nearly_again[content] += 1
            else:
                self._nearly[content] = one.call, one.obstacles[0], one.fix, one.input
        if one.facts is None:
            return
        self._countries.setdefault(one.facts.country, _OfCountry()).add(one, copy=copy)
        if not copy:
            self._organisations.add(one.input, one.facts.organisations)

    def summary(self, checker_of: Callable[[str], Checker]) -> PortfolioSummary:
        """What is known of all so far; ``checker_of`` finds the checker of a call that a proposal was checked with."""
        self._settle()
        checkers = {call_id: checker_of(call_id) for call_id in self._calls}
        organisations = self._organisations.found()
        rules = (rules for call_id, call in self._calls.items() for rules in call.rules(checkers[call_id]))
        return PortfolioSummary(
            proposals=sum(map(len, self._verdicts.values())),
            verdicts=FrozenDict({verdict: _nearest_first(counted) for verdict, counted in self._verdicts.items()}),
            nearly_eligible=tuple(
                NearlyEligible(
                    input, call_id, rule, checkers[call_id].call.rule(rule).title, fix, self._nearly_again[content]
                )
                for content, (call_id, rule, fix, input) in self._nearly.items()
            ),
            rules=tuple(sorted(rules, key=_most_failures_first)),
            together=tuple(
                changed(result, copies=call.copies)
                for call_id, call in self._calls.items()
                for result in checkers[call_id].together(call.eligible)
            ),
            lead_countries=tuple(sorted(self._lead_countries(checkers), key=_most_proposals_first)),
            same_proposals=self._same.found(),
            shared_organisations=organisations,
            shared_pics=self._organisations.shared_pics(),
            distinct=FrozenDict({verdict: self._distinct[verdict] for verdict in Verdict}),
            copies=tuple(self._copies),
            resubmissions=self._resubmissions,
            ranking=self._ranking(checkers),
            without_country=self._organisations.left_out(organisations),
        )

    def _ranking(self, checkers: Mapping[str, Checker]) -> Ranking | None:
        if self._rank_by is None:
            return None
        scored = {call_id: call.scored for call_id, call in self._calls.items()}
        return Ranking(
            self._rank_by.name,
            tuple(
                envelope for call_id, some in scored.items() for envelope in ranked_envelopes(some, checkers[call_id])
            ),
            tuple(input for some in scored.values() for input, _, score in some if score is None),
            "field" if self._rank_by.scores is None else "table",
        )

    def _settle(self) -> None:
        """Count what was held: of several states of one proposal the latest, where it can be told."""
        if self._counting is None or self._resubmissions is not None:
            return
        self._resubmissions, resolved = _resubmissions(self._held, self._counting)
        older = frozenset(self._resubmissions.older)
        for number, one in enumerate(self._held, 1):
            if one.facts is not None and number in resolved:
                # It is told there, and not again as a proposal of the same name.
                self._take(changed(one, facts=changed(one.facts, name=None)), older=number in older)
            else:
                self._take(one)
        self._held.clear()

    def _lead_countries(self, checkers: Mapping[str, Checker]) -> Iterator[LeadCountry]:
        call = next((checker.call for checker in checkers.values()), None)
        for code, found in self._countries.items():
            name = call.label("countries", code) if call and code else code or ""
            yield LeadCountry(code, name, found.proposals, found.eligible, found.requested, found.copies)


def _row_in_words(row: ScoreRow) -> str:
    path, line = row
    return f"{path}" if line is None else f"{path}, line {line}"


def _resubmissions(entries: Iterable[PortfolioEntry], counting: Counting) -> tuple[Resubmissions, frozenset[int]]:
    """The states of each proposal, and the numbers, from 1, of those that are settled."""
    found: dict[tuple[str | None, ...], dict[bytes, list[tuple[int, PortfolioEntry, Order | None]]]] = {}
    for number, one in enumerate(entries, 1):
        if one.facts is None:
            continue
        key = one.facts.name if counting.same_by is None else one.facts.same and (one.call, one.facts.same)
        if key:
            contents = found.setdefault(key, {})
            contents.setdefault(one.facts.content, []).append((number, one, one.facts.order))
    groups: list[Resubmission] = []
    older: list[int] = []
    resolved: set[int] = set()
    for contents in found.values():
        if len(contents) < 2:
            continue
        states = list(contents.values())
        latest, why = latest_of([(copies[0][1].input, _newest(copies)) for copies in states], counting)
        others = sorted(
            (item for place, copies in enumerate(states) if place != latest for item in copies),
            key=lambda item: item[0],
        )
        groups.append(
            Resubmission(
                None if latest is None else states[latest][0][1].input, tuple(one.input for _, one, _ in others), why
            )
        )
        if latest is not None:
            older += [number for number, _, _ in others]
            resolved.update(number for copies in states for number, _, _ in copies)
    return Resubmissions(counting, tuple(groups), tuple(sorted(older))), frozenset(resolved)


def _newest(copies: Sequence[tuple[int, PortfolioEntry, Order | None]]) -> Order | None:
    """Where copies of one state stand: by the last of their names, if names say it."""
    known: list[tuple[Any, Any]] = [order for _, _, order in copies if order is not None]
    one_kind = len({kind for kind, _ in known}) == 1
    return max(known, key=lambda order: order[1]) if one_kind and len(known) == len(copies) else None


class _OfCall:
    """The proposals of one call; ``copies`` counts those among the eligible that are not in ``eligible`` again."""

    __slots__ = ("_by_status", "_distinct", "_reviewed", "copies", "eligible", "scored")

    def __init__(self) -> None:
        self._by_status: dict[str, dict[Status, list[InputReference]]] = {}
        self._distinct: dict[str, Counter[Status]] = {}
        self._reviewed: Counter[str] = Counter()
        self.eligible: list[Mapping[str, object]] = []
        self.scored: list[Scored] = []
        self.copies = 0

    def add(self, one: PortfolioEntry, *, copy: bool, older: bool = False) -> None:
        for rule, status in one.statuses:
            self._by_status.setdefault(rule, {}).setdefault(status, []).append(one.input)
            self._distinct.setdefault(rule, Counter())[status] += not copy
            if status is Status.REVIEW and rule in one.reviewed:
                self._reviewed[rule] += not copy
        if one.verdict is Verdict.ELIGIBLE and one.facts is not None and not older:
            if copy:
                self.copies += 1
            else:
                self.eligible.append(one.facts.together)
                self.scored.append((one.input, one.facts.together, one.facts.score))

    def rules(self, checker: Checker) -> Iterator[RuleFiles]:
        for rule in checker.call.rules:
            if rule.id in self._by_status:
                inputs = FrozenDict({status: tuple(found) for status, found in self._by_status[rule.id].items()})
                distinct = FrozenDict(self._distinct[rule.id])
                reviewed = self._reviewed[rule.id]
                yield RuleFiles(
                    checker.call.id, rule.id, rule.title, rule.severity, rule.manual, inputs, distinct, reviewed
                )


class _OfCountry:
    """The proposals whose lead applicant is in one country."""

    __slots__ = ("copies", "eligible", "proposals", "requested")

    def __init__(self) -> None:
        self.copies = 0
        self.proposals = 0
        self.eligible = 0
        self.requested = Decimal(0)

    def add(self, one: PortfolioEntry, *, copy: bool) -> None:
        if copy:
            self.copies += 1
            return
        self.proposals += 1
        if one.verdict is Verdict.ELIGIBLE:
            self.eligible += 1
            if one.facts is not None and one.facts.requested is not None:
                with localcontext(ARITHMETIC):
                    self.requested += one.facts.requested


def _nearest_first(counted: list[tuple[int, InputReference]]) -> tuple[InputReference, ...]:
    """The inputs by how many rules stand between them and being eligible, otherwise as they came."""
    return tuple(input for _, input in sorted(counted, key=lambda one: one[0]))


def _most_failures_first(rule: RuleFiles) -> tuple[int, ...]:
    order = (Status.FAIL, Status.UNDECIDED, Status.REVIEW, Status.INCONCLUSIVE)
    return tuple(-rule.count(status) for status in order)


def _most_proposals_first(country: LeadCountry) -> tuple[int, bool, str]:
    return -country.proposals, country.code is None, country.name
