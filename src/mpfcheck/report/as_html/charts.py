"""The charts of the overview: drawn as SVG in widths of percent, so that text keeps its size on every screen.

Each stands with a table that says the same in words and numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.checking.report import Severity, Verdict
from mpfcheck.report.as_html.marks import VERDICT_MARK, RuleOutcome, mark
from mpfcheck.report.as_html.markup import Markup, element, joined
from mpfcheck.report.as_html.proposal import verdict_words
from mpfcheck.report.as_html.tally import CallTally, RuleTally, Tally
from mpfcheck.report.words import VERDICT_IN_COUNTS, VERDICT_MEANING, Heading, counted, grouped

__all__ = ["bar", "chart", "percent", "rules_tables", "table", "verdicts_figure"]

NARROWEST = 0.6
"""Percent: what is there is seen, however little it is."""
ROOM_FOR_NUMBER = 7.0

_MEANINGS = VERDICT_MEANING | {
    Verdict.ELIGIBLE: "No blocking rule has failed, and none lacks information.",
    Verdict.INELIGIBLE: "At least one blocking rule is not met.",
}


def percent(part: float) -> str:
    """A length in percent, short."""
    return f"{part:.2f}".rstrip("0").rstrip(".") + "%"


def bar(tone: str, start: float, length: float, *, top: int = 0, height: int = 12) -> Markup:
    """A bar from ``start`` on, both in percent; tones that have a texture get it."""
    place: dict[str, str | int] = {
        "x": percent(start),
        "y": top,
        "width": percent(max(length, NARROWEST)),
        "height": height,
    }
    drawn = element("rect", class_=f"fill {tone}", **place)
    if tone in ("good", "bad", "look"):
        return drawn
    return joined([drawn, element("rect", fill=f"url(#f-{tone})", **place)])


def chart(title: str, description: str, height: int, *drawing: Markup, name: str) -> Markup:
    """A drawing with what it shows for those who cannot see it; ``name`` makes its ids."""
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        *drawing,
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        class_="chart",
        width="100%",
        height=height,
    )


def verdicts_figure(tally: Tally) -> Markup:
    """How many proposals have which verdict: a stacked bar, and the numbers under it."""
    counts = {verdict: tally.distinct(verdict) for verdict in VERDICT_IN_COUNTS if tally.distinct(verdict)}
    total = sum(counts.values())
    drawn, start = [], 0.0
    for verdict, count in counts.items():
        share = 100 * count / total
        drawn.append(bar(VERDICT_MARK[verdict], start, share, height=40))
        if share >= ROOM_FOR_NUMBER:
            drawn.append(
                element(
                    "text", grouped(count), x=percent(start + share / 2), y=26, class_=f"on {VERDICT_MARK[verdict]}"
                )
            )
        start += share
    description = ", ".join(f"{grouped(count)} {VERDICT_IN_COUNTS[verdict]}" for verdict, count in counts.items())
    rows = []
    for verdict, count in counts.items():
        tone = VERDICT_MARK[verdict]
        head = element("th", mark(tone), element("span", verdict_words(verdict), class_=tone), scope="row")
        part = element("td", f"{100 * count / total:.0f} %" if count * 200 >= total else "< 1 %", class_="n")
        rows.append(
            element("tr", head, element("td", grouped(count), class_="n"), part, element("td", _MEANINGS[verdict]))
        )
    return element(
        "figure",
        chart(
            "Proposals by verdict", f"Of {counted(total, 'proposal')}: {description}.", 40, *drawn, name="c-verdicts"
        ),
        table("Proposals by verdict", ("Verdict", "Proposals", "Share", "What it means"), rows, "verdicts"),
    )


_COLUMNS = (RuleOutcome.BROKEN, RuleOutcome.OPEN, RuleOutcome.JUDGE, RuleOutcome.REVIEWED, RuleOutcome.FAULT)
_SELDOM = (RuleOutcome.REVIEWED, RuleOutcome.FAULT)
"""Columns only where there is something in them."""
_HEADS = {
    RuleOutcome.BROKEN: "Not met",
    RuleOutcome.OPEN: "Information missing",
    RuleOutcome.JUDGE: "Manual review",
    RuleOutcome.REVIEWED: Heading.ASSESSED,
    RuleOutcome.FAULT: "Not evaluated",
}
_DRAWN = (RuleOutcome.BROKEN, RuleOutcome.LOOK, RuleOutcome.OPEN, RuleOutcome.JUDGE, RuleOutcome.FAULT)


def rules_tables(call: CallTally, number: int) -> Markup:
    """Rules by failures, with the numbers of missing information and of manual reviews beside.

    Rules that always need manual review stand apart: they ask something of nearly every proposal, and on their scale
    nobody would see the failures of the others.
    """
    asking = call.talked_of()
    quiet = [rule for rule in call.rules if rule not in asking]
    parts = (
        (Heading.RULES, [rule for rule in asking if not rule.manual]),
        ("Rules that always need manual review", [rule for rule in asking if rule.manual]),
    )
    tables = [
        _rules_table(title, rules, call.counted, f"c{number}-{place}")
        for place, (title, rules) in enumerate(parts)
        if rules
    ]
    if not tables:
        tables = [element("p", "Every rule is met or does not apply.", class_="empty")]
    if quiet:
        explanation = f"{counted(len(quiet), 'rule is', 'rules are')} met or not applicable for every proposal: "
        tables.append(element("p", explanation, _ids(quiet), ".", class_="quiet-rules"))
    return joined(tables)


def _rules_table(title: str, rules: list[RuleTally], total: int, name: str) -> Markup:
    scale = max(sum(rule.counts[one] for one in _DRAWN) for rule in rules) or total
    columns = [one for one in _COLUMNS if one not in _SELDOM or any(rule.counts[one] for rule in rules)]
    rows = [_rule_row(rule, columns, total, scale, f"{name}-{place}") for place, rule in enumerate(rules)]
    heads = ["Rule", *(_HEADS[column] for column in columns)]
    shown = [one for one in _DRAWN if any(rule.counts[one] for rule in rules)]
    explanation = f"A full bar is {grouped(scale)} of {counted(total, 'proposal')}."
    legend = element("p", element("span", explanation), *(_swatch(one) for one in shown), class_="legend")
    heading = element("p", title, class_="caption") if rules[0].manual else None
    return element("div", heading, legend, table(title, heads, rows, "rules"))


def _ids(rules: list[RuleTally]) -> Markup:
    named = [element("span", rule.id, class_="rule", title=rule.title) for rule in rules]
    return joined([part for rule in named for part in (", ", rule)][1:])


def _swatch(outcome: RuleOutcome) -> Markup:
    drawing = element("svg", bar(outcome.tone, 0, 100, height=12), width=22, height=12, aria_hidden="true")
    return element("span", drawing, f" {outcome.words} ")


def _rule_row(rule: RuleTally, columns: list[RuleOutcome], total: int, scale: int, name: str) -> Markup:
    numbers = {column: rule.broken if column is RuleOutcome.BROKEN else rule.counts[column] for column in columns}
    drawn, start = [element("rect", class_="track", width="100%", height=12)], 0.0
    for outcome in _DRAWN:
        if count := rule.counts[outcome]:
            drawn.append(bar(outcome.tone, start, 100 * count / scale))
            start += 100 * count / scale
    counts = ", ".join(f"{grouped(count)} {_HEADS[column].lower()}" for column, count in numbers.items() if count)
    tag = None if rule.severity is Severity.BLOCKING else element("span", rule.severity.value, class_="tag")
    words = element("span", element("span", rule.id, class_="rule"), " ", rule.title, " ", tag, class_="words")
    drawing = chart(rule.id, f"Of {counted(total, 'proposal')}: {counts}.", 12, *drawn, name=name)
    cells = [element("td", grouped(count), class_="n" if count else "n none") for count in numbers.values()]
    return element("tr", element("th", element("div", words, drawing), scope="row"), *cells)


def table(caption: str, heads: Sequence[str], rows: Sequence[Markup], name: str) -> Markup:
    """A table with a caption for those who cannot see it; every column but the first holds numbers."""
    cells = [element("th", head, scope="col", class_="n" if place > 0 else None) for place, head in enumerate(heads)]
    head, body = element("thead", element("tr", *cells)), element("tbody", *rows)
    return element("table", element("caption", caption, class_="unseen"), head, body, class_=name)
