"""The page around what was found: its style, its head, its headings, its overview and its end."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mpfcheck.checking.report import ProposalReport, Verdict
from mpfcheck.report.as_html.blocks import Blocks
from mpfcheck.report.as_html.marks import SPRITE, VERDICT_MARK, mark
from mpfcheck.report.as_html.markup import Markup, element, joined, outside
from mpfcheck.report.as_html.proposal import ProposalSection
from mpfcheck.report.as_html.tally import ProposalLine, Tally
from mpfcheck.report.blocks import Block
from mpfcheck.report.overview import RunSummary
from mpfcheck.report.words import (
    DISCLAIMER,
    INPUTS_CHECKSUM,
    VERDICT_IN_COUNTS,
    Heading,
    certificate,
    counted,
    grouped,
    headline,
    not_complete,
    passed_over_by_reason,
    project_in_full,
)

__all__ = [
    "STYLE_FILE",
    "head_of_many",
    "head_of_one",
    "html_page",
    "left_out",
    "page_end",
    "page_start",
    "run_section",
    "style_sheet",
]

STYLE_FILE = Path(__file__).with_name("style.css")


def style_sheet() -> str:
    """The style sheet, without the comments that are for us."""
    return "".join(_without_comments(STYLE_FILE.read_text(encoding="utf-8")))


def _without_comments(text: str) -> list[str]:
    first, *others = text.split("/*")
    return [first, *(other.split("*/", 1)[1] for other in others)]


POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What the page may load: nothing, and run: nothing."""


def page_start(title: str, version: str) -> Markup:
    """Everything up to the content of ``main``."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="robots", content="noindex"),
        element("meta", name="format-detection", content="telephone=no, date=no, address=no, email=no"),
        element("meta", name="generator", content=f"mpfcheck {version}"),
        element("title", title),
        element("style", Markup(style_sheet())),
    )
    skip = element("a", "Skip to the findings", href="#findings", class_="skip")
    return joined(
        [Markup('<!DOCTYPE html>\n<html lang="en">'), head, Markup("\n<body>"), skip, SPRITE, Markup("\n<main>")]
    )


def page_end(version: str, *, checked: bool) -> Markup:
    """What no check can promise, and what made the page."""
    promise = element("p", DISCLAIMER, class_="disclaimer") if checked else None
    made = element("p", f"Written by mpfcheck {version}. This page runs no scripts and loads nothing.")
    return joined([Markup("</main>\n"), element("footer", promise, made), Markup("\n</body></html>\n")])


def html_page(title: str, blocks: Iterable[Block], version: str) -> Markup:
    """A page of its own about anything but proposals; ``version`` is that of mpfcheck, which wrote it."""
    content = element("div", Blocks(2).markup(blocks), id="findings", class_="proposal alone page")
    return joined([page_start(title, version), content, page_end(version, checked=False)])


def head_of_one(report: ProposalReport, name: str, section: ProposalSection, version: str) -> Markup:
    """The head of a page about one proposal: the verdict first."""
    tone = VERDICT_MARK[report.verdict]
    facts = [("Proposal", outside(name))]
    if project := project_in_full(report.input):
        facts.append(("Project", outside(project)))
    if report.call:
        facts += [("Call", outside(report.call.id)), ("Rules of", _day(report.call.version))]
    if report.as_of:
        facts.append(("As of", _day(report.as_of)))
    facts.append(("Checked with", joined([f"mpfcheck {version}"])))
    if report.input.sha256:
        facts.append(("SHA-256 of the file", element("code", report.input.sha256)))
    return element(
        "header",
        element("p", "Eligibility check", class_="eyebrow"),
        element("h1", mark(tone), element("span", headline(report).capitalize()), class_=tone),
        element("p", section.introduction(), class_="lead"),
        _what_if([f"{name} = {value}" for name, value in report.departures]),
        _facts(facts),
        _contents([(f"#{anchor}", tone, f"{words}: {number}") for anchor, tone, words, number in section.contents()]),
        class_="top",
    )


def head_of_many(
    tally: Tally, version: str, contents: Iterable[tuple[str, str]], copies: str | None, run: RunSummary
) -> Markup:
    """The head of a page about several proposals: how many of each verdict, and what they were checked against."""
    total = len(tally.lines)
    parts = [
        f"{grouped(tally.count(verdict))} {words}"
        for verdict, words in VERDICT_IN_COUNTS.items()
        if tally.count(verdict)
    ]
    several = len(tally.basis) > 1
    facts: list[tuple[str, Markup]] = []
    for (call, rules, day), number in tally.basis.items():
        call_words = [element("strong", outside(call)), Markup(", rules of "), _day(rules)]
        call_words += [Markup(", as of "), _day(day)] if day else []
        call_words += [Markup(f": {counted(number, 'proposal')}")] if several else []
        facts.append(("Call", joined(call_words)))
    facts.append(("Checked with", joined([f"mpfcheck {version}"])))
    if run.inputs_sha256:
        facts.append(("Inputs", joined([certificate(run)])))
        facts.append((INPUTS_CHECKSUM, element("code", run.inputs_sha256)))
    return element(
        "header",
        element("p", "Eligibility check", class_="eyebrow"),
        element("h1", f"{counted(total, 'proposal')} checked" if total else "Nothing was checked"),
        element(
            "p",
            f"{', '.join(parts)}." if parts else "No proposal was found in the files and folders you named.",
            class_="lead",
        ),
        element("p", copies, class_="copies") if copies else None,
        _what_if(list(tally.changed)),
        _facts(facts),
        _contents([(f"#{anchor}", "", words) for anchor, words in contents]),
        class_="top",
    )


def left_out(lines: list[ProposalLine], most: int) -> Markup | None:
    """Which proposals have no section of their own, and why; every one of them by name."""
    eligible = [line for line in lines if line.verdict is Verdict.ELIGIBLE]
    others = [line for line in lines if line.verdict is not Verdict.ELIGIBLE]
    too_large = (
        f"because a page of more than {counted(most, 'section')} would be too large; csv and jsonl have them all"
    )
    groups = (("eligible", "to keep the page readable", eligible), ("not eligible", too_large, others))
    parts = [_names(words, why, group) for words, why, group in groups if group]
    return element("div", *parts, class_="left-out") if parts else None


def run_section(run: RunSummary) -> Markup | None:
    """Whether the report is not complete, and what was not checked, with the reason; None where there is neither."""
    if run.complete and not run.passed_over:
        return None
    sentences = not_complete(run)
    warning = (
        element("p", mark("look"), element("strong", " ".join(sentences)), class_="what-if") if sentences else None
    )
    reasons = [
        element("li", outside(why), element("ul", *(element("li", element("code", outside(path))) for path in paths)))
        for why, paths in passed_over_by_reason(run).items()
    ]
    return element(
        "section",
        element("h2", Heading.NOT_CHECKED, id="run-title"),
        warning,
        element("ul", *reasons) if reasons else None,
        id="run",
        aria_labelledby="run-title",
    )


def _names(words: str, why: str, lines: list[ProposalLine]) -> Markup:
    which = f"that is {words} has" if len(lines) == 1 else f"that are {words} have"
    sentence = f"{counted(len(lines), 'proposal')} {which} no section here and no row in the matrix, {why}."
    items = [element("li", mark(VERDICT_MARK[line.verdict]), _named(line)) for line in lines]
    listed = element("details", element("summary", "Their names"), element("ul", *items))
    return element("div", element("p", sentence), listed)


def _named(line: ProposalLine) -> Markup:
    project = joined([" · ", outside(line.project)]) if line.project else None
    return joined([outside(line.name), project, f", {VERDICT_IN_COUNTS[line.verdict]}"])


def _what_if(changes: list[str]) -> Markup | None:
    if not changes:
        return None
    listed = [part for change in changes for part in (Markup(", "), element("code", change))][1:]
    sentence = (element("strong", "What if: "), "checked with ", *listed, ", which is not what the call says.")
    return element("p", mark("look"), element("span", *sentence), class_="what-if")


def _day(text: str) -> Markup:
    return outside(text, class_="day")


def _facts(facts: Iterable[tuple[str, Markup]]) -> Markup:
    groups = [element("div", element("dt", name), element("dd", value)) for name, value in facts]
    return element("dl", *groups, class_="facts")


def _contents(entries: Iterable[tuple[str, str, str]]) -> Markup | None:
    items = [
        element("li", element("a", mark(tone) if tone else None, words, href=address))
        for address, tone, words in entries
    ]
    return element("nav", element("ul", *items), aria_label="On this page") if items else None
