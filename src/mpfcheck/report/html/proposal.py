"""The section of one proposal: the verdict, what must change first, what passed folded away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from mpfcheck.checking.report import ProposalReport, Result, Severity, Verdict
from mpfcheck.checking.wording import field_in_words
from mpfcheck.report.html.escape import shortened
from mpfcheck.report.html.finding import explanation, finding, in_sentence_case, problem_of_file
from mpfcheck.report.html.marks import VERDICT_MARK, mark
from mpfcheck.report.html.markup import Markup, element, joined, outside
from mpfcheck.report.sections import Sections
from mpfcheck.report.words import VERDICT_HEADLINE, VERDICT_MEANING, counted, not_known, project_in_full

if TYPE_CHECKING:
    from mpfcheck.report.html.sources import Sources
    from mpfcheck.report.reporter import OnDemand

__all__ = ["ProposalSection", "verdict_words"]

MOST_PROBLEMS = 100
MOST_ANSWERS = 200


MEANINGS = VERDICT_MEANING | {Verdict.ELIGIBLE: "No blocking rule is broken or open."}


def verdict_words(verdict: Verdict) -> str:
    """The verdict as a heading."""
    return VERDICT_HEADLINE[verdict].capitalize()


class ProposalSection:
    """Writes what was found of one proposal.

    ``number`` is that of the proposal on this page and ``place_of_rule`` the column of each rule: both make the
    anchors, so that no text from outside ever is one. ``level`` is that of the headings of its parts. Where the
    proposal is not ``alone`` on the page, what a person judges is folded as well: it is much the same for all.
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
    ) -> None:
        """Sort the results."""
        self._report = report
        self._number = number
        self._place_of_rule = place_of_rule
        self._level = level
        self._alone = alone
        self._explain = explain
        self._sources = sources
        self._on_demand = on_demand
        self._sections = Sections(report)

    def article(self, name: str) -> Markup:
        """The section with its own heading, for a page of several."""
        report, title = self._report, f"p{self._number}-title"
        tone = VERDICT_MARK[report.verdict]
        verdict = element("span", mark(tone), verdict_words(report.verdict), class_=f"verdict {tone}")
        heading = element(
            f"h{self._level - 1}", element("span", f"{self._number}", class_="number"), " ", outside(name), id=title
        )
        said = project_in_full(report.input)
        project = element("p", outside(said), class_="project") if said else None
        head = element("header", heading, verdict, project, element("p", self.introduction(), class_="lead"))
        return element("article", head, self.body(), id=f"p{self._number}", aria_labelledby=title, class_="proposal")

    def introduction(self) -> str:
        """What the verdict means, and how many rules ask something of a person."""
        said = [MEANINGS.get(self._report.verdict, ""), self._sections.counts()]
        return " ".join(filter(None, said))

    def body(self) -> Markup:
        """All parts, those that ask most of a person first."""
        found, invalid = self._sections, self._report.verdict is Verdict.INVALID
        problems = self._problems("What is wrong with the file" if invalid else "What stands out in the file")
        fold, open_parts = not self._alone, not_known(self._report)
        return joined(
            [
                element("p", outside(open_parts)) if open_parts else None,
                problems if invalid else None,
                self._part("change", "What must change", found.must_change),
                self._part("fault", "What could not be evaluated: a fault of the rules, not yours", found.broken),
                self._answers(),
                self._part("look", "What to look at again, though it does not block", found.look_again),
                None if invalid else problems,
                self._part("judge", "What a person will judge", found.to_judge, fold=fold),
                self._part("remark", "Passed, with a remark", [one for one in found.passed if one.message], fold=fold),
                self._folded("Passed", found.passed),
                self._folded("Not applicable", found.apart),
            ]
        )

    def contents(self) -> list[tuple[str, str, str, int]]:
        """The parts there are, as anchor, mark, words and number of entries."""
        found, problems = self._sections, len(self._report.problems)
        parts = (
            ("problems", "file", "wrong with the file", problems),
            ("change", "bad", "must change", len(found.must_change)),
            ("fault", "fault", "not evaluated", len(found.broken)),
            ("missing", "open", "answers missing", len(found.answers())),
            ("look", "look", "to look at again", len(found.look_again)),
            ("judge", "judge", "for a person", len(found.to_judge)),
            ("passed", "good", "passed", len(found.passed)),
        )
        return [(self._anchor(part), tone, words, number) for part, tone, words, number in parts if number]

    def _anchor(self, part: str) -> str:
        return f"p{self._number}-{part}"

    def _heading(self, text: str) -> Markup:
        return element(f"h{self._level}", text)

    def _part(self, part: str, title: str, results: Iterable[Result], *, fold: bool = False) -> Markup | None:
        items = [
            finding(
                result,
                anchor=f"p{self._number}-r{self._place_of_rule(result.rule)}",
                heading=f"h{self._level + 1}",
                sources=self._sources,
                on_demand=self._on_demand,
                explain=self._explain,
            )
            for result in results
        ]
        if not items:
            return None
        listed = element("ul", *items, class_="findings")
        if fold:
            number = element("span", counted(len(items), "rule"), class_="count")
            summary = element("summary", self._heading(title), number)
            return element("details", summary, listed, id=self._anchor(part), class_="part")
        return element("section", self._heading(title), listed, id=self._anchor(part), class_="part")

    def _problems(self, title: str) -> Markup | None:
        problems = self._report.problems
        if not problems:
            return None
        items = [problem_of_file(problem, f"h{self._level + 1}") for problem in problems[:MOST_PROBLEMS]]
        listed = element("ul", *items, class_="findings")
        more = len(problems) - MOST_PROBLEMS
        rest = element("p", f"… and {counted(more, 'more problem')}, not listed.") if more > 0 else None
        return element("section", self._heading(title), listed, rest, id=self._anchor("problems"), class_="part")

    def _answers(self) -> Markup | None:
        """What is missing, by answer, since one often decides several rules."""
        waiting = self._sections.answers()
        without = [result for result in self._sections.missing if self._explain or not result.missing]
        more = len(waiting) - MOST_ANSWERS
        items = [self._answer(pointer, results) for pointer, results in list(waiting.items())[:MOST_ANSWERS]]
        if not items and not without:
            return None
        return element(
            "section",
            self._heading("What is missing"),
            element("ul", *items, class_="answers") if items else None,
            element("p", f"… and {counted(more, 'more answer')}, not listed.") if more > 0 else None,
            self._part("open", "Rules that wait", without),
            id=self._anchor("missing"),
            class_="part",
        )

    def _answer(self, pointer: str, results: list[Result]) -> Markup:
        words = outside(shortened(in_sentence_case(field_in_words(pointer)), 160), class_="words")
        rules = []
        for result in results:
            told = "" if result.severity is Severity.BLOCKING else f" ({result.severity})"
            rules.append(element("span", f"{result.rule}{told}", title=result.title))
        separated = [part for rule in rules for part in (", ", rule)][1:]
        needed = element("span", "needed by ", *separated, class_="needed")
        return element("li", mark("open"), words, " ", element("code", pointer), " ", needed)

    def _folded(self, title: str, results: list[Result]) -> Markup | None:
        if not results:
            return None
        passed = title == "Passed"
        items = []
        for result in results:
            line = (mark("good" if passed else "apart"), element("span", result.rule, class_="rule"), " ", result.title)
            parts = self._on_demand.explain(result.rule) if self._explain and self._on_demand else ()
            items.append(element("li", element("div", *line), explanation(parts)))
        count = element("span", counted(len(results), "rule"), class_="count")
        summary = element("summary", self._heading(title), count)
        anchor = self._anchor("passed" if passed else "apart")
        return element("details", summary, element("ul", *items, class_="quiet"), id=anchor, class_="part")
