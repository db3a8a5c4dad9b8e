"""The blocks of one proposal as HTML: what must change is open, what passed is folded away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mpfcheck.checking.report import ProposalReport, Verdict
from mpfcheck.report.as_html.blocks import Blocks, Links, QuestionLink, items_of
from mpfcheck.report.as_html.marks import VERDICT_MARK, mark
from mpfcheck.report.as_html.markup import Markup, element, joined, outside
from mpfcheck.report.blocks import Answer, Quiet, Section
from mpfcheck.report.say.proposal import Findings, introduction, sections
from mpfcheck.report.words import VERDICT_HEADLINE, Heading, headline, not_known, project_in_full

if TYPE_CHECKING:
    from mpfcheck.report.as_html.sources import Sources
    from mpfcheck.report.reporter import OnDemand

__all__ = ["ProposalSection", "QuestionLink", "anchor_of", "verdict_words"]

FOLDED = (Heading.MET, Heading.NOT_APPLICABLE)
FOLDED_AMONG_SEVERAL = (*FOLDED, Heading.REVIEW, Heading.ASSESSED, Heading.IDLE_DECISIONS, Heading.REMARKS)
"""These are much the same for all proposals."""


def verdict_words(verdict: Verdict) -> str:
    """The verdict as a heading."""
    return VERDICT_HEADLINE[verdict].capitalize()


def anchor_of(heading: Heading) -> str:
    """The part of a section's anchor that says which section it is."""
    return heading.name.lower().replace("_", "-")


class ProposalSection(Links):
    """Writes what was found of one proposal.

    ``number`` is that of the proposal on this page and ``place_of_rule`` the column of each rule: both make the
    anchors, so that no text from outside ever is one. ``level`` is that of the headings of its parts. Where the
    proposal is not ``alone`` on the page, what needs manual review is folded as well: it is much the same for all.
    On a page of a form, ``question_at`` gives the question about a place, and ``rule_at`` the address of the
    explanation of a rule.
    """

    def __init__(
        self,
        report: ProposalReport,
        number: int,
        place_of_rule: Callable[[str], int],
        *,
        level: int,
        alone: bool,
        explain: bool,
        sources: Sources,
        on_demand: OnDemand | None,
        question_at: Callable[[str], QuestionLink] | None = None,
        rule_at: Callable[[str], str] | None = None,
    ) -> None:
        """Sort the results."""
        self._report = report
        self._number = number
        self._place_of_rule = place_of_rule
        self._level = level
        folded = FOLDED if alone else FOLDED_AMONG_SEVERAL
        self._question_at = question_at
        self._rule_at = rule_at
        self._writer = Blocks(level, sources=sources, folded=folded, links=self)
        self._findings = Findings(report)
        self._blocks = tuple(sections(report, self._findings, on_demand, explain=explain))

    def article(self, name: str) -> Markup:
        """The section with its own heading, for a page of several."""
        report, title = self._report, f"p{self._number}-title"
        tone = VERDICT_MARK[report.verdict]
        verdict = element("span", mark(tone), headline(report).capitalize(), class_=f"verdict {tone}")
        heading = element(
            f"h{self._level - 1}", element("span", f"{self._number}", class_="number"), " ", outside(name), id=title
        )
        words = project_in_full(report.input)
        project = element("p", outside(words), class_="project") if words else None
        head = element("header", heading, verdict, project, element("p", self.introduction(), class_="lead"))
        return element("article", head, self.body(), id=f"p{self._number}", aria_labelledby=title, class_="proposal")

    def introduction(self) -> str:
        """What the verdict means, and how many rules ask something of a person."""
        return introduction(self._report, self._findings)

    def body(self) -> Markup:
        """All sections, those that ask most of a person first."""
        topics = not_known(self._report)
        return joined([element("p", outside(topics)) if topics else None, self._writer.markup(self._blocks)])

    def contents(self) -> list[tuple[str, str, str, int]]:
        """The sections there are, as anchor, mark, words and number of entries."""
        contents = []
        for block in self._blocks:
            if isinstance(block, Section) and (items := items_of(block)):
                first = items[0]
                tone = "open" if isinstance(first, Answer) else str(first.mark)
                contents.append((block.heading, tone, len(items)))
            elif isinstance(block, Quiet) and block.met:
                contents.append((Heading.MET, "good", len(block.met)))
        return [(self.of_section(heading), tone, heading.split(":")[0], number) for heading, tone, number in contents]

    def of_section(self, heading: str) -> str:
        """The anchor of a section."""
        return f"p{self._number}-{anchor_of(Heading(heading))}"

    def question(self, pointer: str) -> QuestionLink | None:
        """The question about a place."""
        return self._question_at(pointer) if self._question_at else None

    def explanation(self, rule_id: str) -> str | None:
        """The address of the explanation of a rule."""
        return self._rule_at(rule_id) if self._rule_at else None

    def of_entry(self, name: str) -> str:
        """The anchor of the entry of a rule."""
        return f"p{self._number}-r{self._place_of_rule(name)}"
