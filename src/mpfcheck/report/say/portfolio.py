"""The blocks about several proposals together: verdicts, near misses, envelopes, rules, countries, duplicates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from mpfcheck.checking.portfolio.resubmissions import Resubmission, Resubmissions
from mpfcheck.checking.portfolio.summary import (
    Appearance,
    Compared,
    PicHolder,
    PortfolioSummary,
    Ranked,
    RankedEnvelope,
    Ranking,
    RuleFiles,
    SharedOrganisation,
    Together,
)
from mpfcheck.checking.report import InputReference, Severity, Status, Verdict
from mpfcheck.proposal.values import format_money
from mpfcheck.report.blocks import (
    Block,
    Detail,
    Entry,
    Group,
    Headline,
    Lines,
    Listing,
    Mark,
    Say,
    Section,
    Subject,
    Table,
    Tone,
)
from mpfcheck.report.words import (
    ALL_IN_JSON,
    NOT_ANSWERED,
    SCORE,
    STATUS_IN_COUNTS,
    STATUS_WORDS,
    VERDICT_IN_COUNTS,
    Heading,
    Label,
    counted,
    grouped,
    input_name,
    input_names,
    names,
    project,
    project_name,
)

__all__ = [
    "FITS",
    "ROLE",
    "STATUS_MARK",
    "and_more",
    "asked_for",
    "compared_in_words",
    "copies_also",
    "copies_in_words",
    "counted_once",
    "figures",
    "holder_in_words",
    "money_left_in_words",
    "not_counted",
    "of_calls",
    "pics_in_words",
    "portfolio",
    "ranking",
    "ranking_heading",
    "ranking_in_words",
    "same_proposals",
    "sent_again",
    "sent_again_in_words",
    "together_section",
    "totals",
    "without_country",
    "without_country_in_words",
    "worth_saying",
]

STATUS_MARK = {
    Status.PASS: Mark.GOOD,
    Status.FAIL: Mark.LOOK,
    Status.NOT_APPLICABLE: Mark.APART,
    Status.UNDECIDED: Mark.OPEN,
    Status.REVIEW: Mark.JUDGE,
    Status.INCONCLUSIVE: Mark.FAULT,
}
"""The mark of a result for proposals together, which never makes one of them ineligible."""

MOST_PICS = 3

ROLE = {"lead": "lead", "co_applicant": "co-applicant"}
OPERATOR = {"<": "of less than", "<=": "of", ">": "of more than", ">=": "of at least", "=": "of exactly", "!=": "not"}


def worth_saying(summary: PortfolioSummary) -> bool:
    """Whether somebody asked for a part of it, or the proposals together do not fit: ``--quiet`` does not hide that."""
    exceeded = any(one.status is Status.FAIL for one in summary.together)
    return exceeded or summary.ranking is not None or summary.resubmissions is not None


def totals(summary: PortfolioSummary) -> Iterator[Block]:
    """How many proposals have which verdict, and every one that is not eligible by name, however many."""
    counts = {verdict: len(summary.verdicts[verdict]) for verdict in VERDICT_IN_COUNTS}
    parts = [counted(counts[one], words, words) for one, words in VERDICT_IN_COUNTS.items() if counts[one]]
    number = counted(summary.proposals, "proposal") if summary.proposals else "No proposals"
    yield Say((f"{number}{': ' if parts else ''}{', '.join(parts)}.",), Tone.STRONG)
    for verdict in VERDICT_IN_COUNTS:
        if verdict is not Verdict.ELIGIBLE and summary.verdicts[verdict]:
            yield Headline(verdict, "")
            yield Lines([project_name(input) for input in summary.verdicts[verdict]])


def portfolio(summary: PortfolioSummary) -> Iterator[Block]:
    """All but the totals. Of an organisation that is everywhere a format may leave out places; JSON has them all."""
    yield from (Say((sentence,)) for sentence in counted_once(summary))
    if summary.nearly_eligible:
        yield Section(Heading.NEARLY_ELIGIBLE, _nearly_eligible(summary))
    yield from figures(summary)
    yield from same_proposals(summary)
    yield from asked_for(summary)
    if summary.shared_organisations or summary.without_country:
        yield Section(Heading.SHARED_ORGANISATIONS, (*_organisations(summary), *without_country(summary)))
    if summary.shared_pics:
        yield Section(Heading.SHARED_PICS, _pics(summary))


def figures(summary: PortfolioSummary) -> Iterator[Section]:
    """The budget envelopes, the results by rule and the countries: as long for many proposals as for a few."""
    for together in summary.together:
        yield together_section(together)
    if summary.rules:
        yield Section(Heading.RULES, (_rules(summary.rules),))
    if summary.lead_countries:
        yield Section(Heading.COUNTRIES, (_countries(summary),))


def same_proposals(summary: PortfolioSummary, most: int | None = None, see: str = "") -> Iterator[Section]:
    """The proposals that are the same by their content or by their names.

    With ``most`` only the first so many; ``see`` says where all of them are.
    """
    for by, heading in (("content", Heading.SAME_CONTENT), ("name", Heading.SAME_NAME)):
        same = [one.inputs for one in summary.same_proposals if one.by == by]
        shown = [_same(inputs, most) for inputs in same[:most]]
        if same:
            cut = most is not None and any(len(inputs) > most for inputs in same[:most])
            yield Section(heading, (Lines(shown), *and_more(len(same) - len(shown), "group", see, cut=cut)))


def and_more(number: int, noun: str, see: str = "", *, cut: bool = False) -> Iterator[Block]:
    """How many more there are than are shown, and where to see all of them; nothing where nothing is left out.

    ``cut`` is whether those that are shown leave something out themselves.
    """
    if number > 0:
        yield Say((f"… and {counted(number, f'more {noun}')}{f' ({see})' if see else ''}.",))
    elif cut and see:
        yield Say((f"{see[:1].upper()}{see[1:]}.",))


def asked_for(summary: PortfolioSummary) -> Iterator[Section]:
    """What is there only where somebody asked for it: the ranking, and the proposals that were sent in again."""
    if summary.ranking is not None:
        yield from ranking(summary.ranking)
    if summary.resubmissions is not None:
        yield from sent_again(summary.resubmissions)


RANKING_HEADS = ("Proposal", SCORE, "Requested:", "Together:")
FITS = {True: "within the envelope", None: "tie at the end of the money", False: "beyond the envelope"}
"""Whether the money reaches a proposal."""


def ranking(found: Ranking) -> Iterator[Section]:
    """The proposals of each envelope by their score, and where the money ends."""
    for envelope in found.envelopes:
        if not envelope.proposals:
            continue
        blocks: list[Block] = [Say((ranking_in_words(envelope),))]
        for fits, words in FITS.items():
            if rows := [_ranked(one) for one in envelope.proposals if one.fits is fits]:
                blocks += [Say((f"{words[:1].upper()}{words[1:]}:",), Tone.STRONG), Table(RANKING_HEADS, rows)]
        yield Section(ranking_heading(found, envelope), blocks)
    if found.without_score:
        names_without = [project_name(input) for input in found.without_score]
        yield Section(f"{Heading.RANKING}: eligible proposals without a score", (Lines(names_without),))


def ranking_heading(found: Ranking, envelope: RankedEnvelope) -> str:
    """The heading over the proposals of an envelope."""
    return f"{Heading.RANKING} by {found.by}: {envelope.label or envelope.item or 'all'}"


def ranking_in_words(envelope: RankedEnvelope) -> str:
    """Where the money of an envelope ends, and whether a tie is there."""
    placed = envelope.proposals
    inside = [one for one in placed if one.fits]
    start = f"The envelope has {format_money(envelope.limit)}."
    if len(inside) == len(placed):
        all_of_them = counted(len(placed), "proposal")
        return f"{start} It can pay for all: {all_of_them}, {format_money(placed[-1].sum)} together."
    paid = inside[-1].sum if inside else Decimal(0)
    first = next(one for one in placed if not one.fits)
    end = "It cannot pay for the first proposal in full."
    if inside:
        left = format_money(envelope.limit - paid)
        first_ones = "first proposal" if len(inside) == 1 else f"first {grouped(len(inside))} proposals"
        end = f"It can pay for the {first_ones}: {format_money(paid)}. {left} are left."
    if first.fits is None:
        tied = sum(one.score == first.score for one in placed)
        end = end if inside else "It cannot pay for all proposals with the highest score."
        return (
            f"{start} {end} {counted(tied, 'proposal')} at rank {first.rank} have the same score. A person must decide."
        )
    return f"{start} {end} The money ends before rank {first.rank}."


def _ranked(one: Ranked) -> tuple[str, ...]:
    name = f"{one.rank}. {project_name(one.input)}{' (same score as another)' if one.tied else ''}"
    return name, f"{one.score:f}", format_money(one.amount), format_money(one.sum)


def sent_again(found: Resubmissions) -> Iterator[Section]:
    """The proposals that were sent in again: the older states, and those of which the latest is not known."""
    for heading, groups in (
        (Heading.SENT_AGAIN, [group for group in found.groups if group.latest is not None]),
        (Heading.SENT_AGAIN_UNCLEAR, [group for group in found.groups if group.latest is None]),
    ):
        if groups:
            yield Section(heading, (Lines([sent_again_in_words(group) for group in groups]),))


def sent_again_in_words(group: Resubmission) -> str:
    """Which state of a proposal is the latest, and which are older; or why that is not known."""
    others = input_names(group.others)
    latest = group.latest or group.others[0]
    named = f"{project(latest)}: " if project(latest) else ""
    if group.latest is None:
        return f"{named}{others}. {group.why}"
    return f"{named}{input_name(group.latest)} is the latest. Not counted: {others}."


def counted_once(summary: PortfolioSummary) -> Iterator[str]:
    """What the figures of all proposals do not count, or count in doubt, in sentences."""
    if summary.copies:
        yield copies_in_words(summary)
    if summary.resubmissions is None:
        return
    if states := len(summary.resubmissions.older):
        older = counted(states, "older state is", "older states are")
        yield f"{older} not counted, because the proposal was sent in again."
    if unclear := sum(group.latest is None for group in summary.resubmissions.groups):
        again = counted(unclear, "proposal was", "proposals were")
        yield f"{again} sent in again without a clear latest state. Each state is counted."


def copies_in_words(summary: PortfolioSummary) -> str:
    """How many proposals repeat another one, and how many of each verdict are left without these."""
    number = len(summary.copies)
    different = [(summary.distinct[verdict], words) for verdict, words in VERDICT_IN_COUNTS.items()]
    parts = ", ".join(counted(count, words, words) for count, words in different if count)
    return (
        f"{counted(number, 'proposal is an exact copy', 'proposals are exact copies')} of another one. "
        "The figures below count each proposal once: "
        f"{counted(sum(summary.distinct.values()), 'different proposal')}, {parts}."
    )


def copies_also(copies: int) -> str:
    """That something is true of the copies of a proposal too; empty for none."""
    return f"This also applies to {counted(copies, 'exact copy', 'exact copies')}." if copies else ""


def not_counted(copies: int) -> str:
    """How many copies a figure leaves out; empty for none."""
    return counted(copies, "copy not counted", "copies not counted") if copies else ""


def _nearly_eligible(summary: PortfolioSummary) -> Iterator[Block]:
    for one in summary.nearly_eligible:
        details = [Detail((also,)) for also in filter(None, [copies_also(one.copies)])]
        if one.fix:
            details.append(Detail((one.fix.replace("\n", " "),), Label.FIX, fix=True))
        yield Subject(project_name(one.input))
        yield Listing([Entry(Mark.BAD, one.rule, one.title, details=tuple(details))])


def together_section(together: Together, *, details: bool = True) -> Section:
    """What a rule says of all eligible proposals together, such as the envelopes compared with the requests.

    Without ``details`` it is a line for each item.
    """
    of = ", ".join(filter(None, (counted(together.proposals, "eligible proposal"), not_counted(together.copies))))
    entries = []
    for item in together.items:
        label = item.label if item.label != item.item else ""
        numbers = compared_in_words(item.compared) if item.compared else ""
        entries.append(
            Entry(
                STATUS_MARK[item.status],
                item.item or "All",
                ": ".join(filter(None, (label, numbers))),
                state=STATUS_WORDS[item.status],
                details=tuple(Detail((line,)) for line in item.message.splitlines() if details and line.strip()),
            )
        )
    return Section(f"{together.title} ({together.rule}, {of})", (Listing(entries),))


def compared_in_words(compared: Compared) -> str:
    """Two numbers, as ``EUR 760 000.00 of EUR 3 900 000.00``."""
    return f"{_number(compared, limit=False)} {OPERATOR[compared.operator]} {_number(compared, limit=True)}"


def money_left_in_words(compared: Compared) -> str:
    """What an envelope has left after two amounts of money were compared, or by how much it is exceeded."""
    left = compared.limit - compared.amount
    return f"{format_money(-left)} over the envelope" if left < 0 else f"{format_money(left)} left"


def _number(compared: Compared, *, limit: bool) -> str:
    number = compared.limit if limit else compared.amount
    return format_money(number) if compared.unit == "EUR" else f"{number.normalize():f}"


def of_calls(calls: Iterable[str]) -> list[str]:
    """The call to name behind each rule of a list; empty where all are of one call. Calls may share rule ids."""
    every = list(calls)
    several = len(set(every)) > 1
    return [f" [{call}]" if several else "" for call in every]


def _rules(rules: tuple[RuleFiles, ...]) -> Table:
    heads = [f"{words[0].upper()}{words[1:]}:" for words in STATUS_IN_COUNTS.values()]
    decided = any(rule.reviewed for rule in rules)
    if decided:
        heads.append(f"{Heading.ASSESSED}:")
    rows = []
    for rule, call in zip(rules, of_calls(rule.call for rule in rules), strict=True):
        weight = "" if rule.severity is Severity.BLOCKING else f" ({rule.severity.value})"
        counts = [rule.count(status) - (rule.reviewed if status is Status.REVIEW else 0) for status in STATUS_IN_COUNTS]
        if decided:
            counts.append(rule.reviewed)
        rows.append((f"{rule.rule} {rule.title}{weight}{call}", *map(grouped, counts)))
    return Table(("Rule", *heads), rows)


def _countries(summary: PortfolioSummary) -> Table:
    rows = [
        (
            one.name or NOT_ANSWERED,
            grouped(one.proposals),
            grouped(one.eligible),
            format_money(one.requested) if one.eligible else "",
            grouped(one.copies),
        )
        for one in summary.lead_countries
    ]
    return Table(
        ("Country", "Checked:", "Eligible:", "Requested by eligible proposals:", "Not counted as copies:"), rows
    )


def _same(inputs: tuple[InputReference, ...], most: int | None) -> str:
    shown = input_names(inputs[:most])
    more = f" and {grouped(len(inputs) - most)} more" if most is not None and len(inputs) > most else ""
    return ": ".join(filter(None, (project(inputs[0]), shown + more)))


def _organisations(summary: PortfolioSummary) -> Iterator[Block]:
    for one in summary.shared_organisations:
        note = ", ".join(filter(None, (one.country, pics_in_words(one))))
        yield Group(one.name, note, _appearances(one.appearances, one.name))


def without_country(summary: PortfolioSummary) -> Iterator[Say]:
    """How many applicants are not among the organisations that are compared; nothing where all are."""
    if summary.without_country:
        yield Say((without_country_in_words(summary),))


def without_country_in_words(summary: PortfolioSummary) -> str:
    """How many applicants are not among the organisations that are compared."""
    number = summary.without_country
    applicants = counted(number, "applicant has a name but no country", "applicants have a name but no country")
    return f"{applicants}. Only organisations with a country are compared by name."


def pics_in_words(organisation: SharedOrganisation) -> str:
    """The first of the PICs an organisation is given with, and how many more there are; empty for none."""
    pics = organisation.pics
    return names([f"PIC {pic}" for pic in pics[:MOST_PICS]], len(pics), ALL_IN_JSON) if pics else ""


def _pics(summary: PortfolioSummary) -> Iterator[Block]:
    for one in summary.shared_pics:
        for holder in one.holders:
            yield Group(f"PIC {one.pic}", holder_in_words(holder), _appearances(holder.appearances, holder.name))


def holder_in_words(holder: PicHolder) -> str:
    """The name and country that a PIC is given with."""
    name = holder.name or "(no name)"
    return f"{name}, {holder.country}" if holder.country else name


def _appearances(appearances: Iterable[Appearance], name: str | None) -> list[str]:
    lines = []
    for one in appearances:
        other = f", as {one.name}" if one.name and one.name != name else ""
        lines.append(f"{project_name(one.input)}: {ROLE[one.role]}{other}")
    return lines
