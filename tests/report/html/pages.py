"""Pages as tests see them: written by the reporter, then read by a parser that knows nothing of how they were made."""

from __future__ import annotations

from html.parser import HTMLParser

from mpfcheck.checking.report import (
    CallReference,
    InputReference,
    LeadReference,
    Problem,
    ProposalReport,
    ReadField,
    Result,
    Severity,
    SourceReference,
    Status,
    Verdict,
)
from mpfcheck.report.as_html import HtmlReporter
from mpfcheck.report.overview import NOTHING_MORE, Overview
from mpfcheck.report.reporter import OnDemand

VOID = {"meta", "br", "hr"}


def page(
    *reports: ProposalReport,
    overview: Overview = NOTHING_MORE,
    known: OnDemand | None = None,
    explain: bool = False,
    version: str = "1.2.3",
) -> str:
    pieces: list[str] = []
    reporter = HtmlReporter(pieces.append, version=version, explain=explain)
    for one in reports:
        reporter.add(one, known)
    reporter.finish(overview)
    return "".join(pieces)


class Parsed(HTMLParser):
    """What the page is made of: elements with their attributes, text, comments, and tags that do not pair."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.strange: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.strange += [f"<{tag}> is not closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID and self.get_starttag_text() and not str(self.get_starttag_text()).endswith("/>"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        elif not (tag in {"circle", "path", "use"} or tag in VOID):
            self.strange.append(f"</{tag}> closes nothing")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.strange.append(f"comment {data!r}")

    def handle_pi(self, data: str) -> None:
        self.strange.append(f"processing instruction {data!r}")

    def unknown_decl(self, data: str) -> None:
        self.strange.append(f"declaration {data!r}")

    @property
    def skeleton(self) -> list[tuple[str, tuple[str, ...]]]:
        """The elements and the names of their attributes, without any value."""
        return [(tag, tuple(attributes)) for tag, attributes in self.elements]

    def values(self, attribute: str) -> list[str]:
        return [
            value or "" for _, attributes in self.elements for name, value in attributes.items() if name == attribute
        ]

    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def filled_with(text: str, verdict: Verdict = Verdict.INELIGIBLE, line: int | None = 7) -> ProposalReport:
    """A report that says ``text`` wherever a report says anything."""
    source = SourceReference(text, text, text, text)
    fields = tuple(ReadField(text, text, 1, 1) for _ in range(5))
    results = tuple(
        Result(
            rule=f"{text}{status.value}{severity.value}",
            title=text,
            severity=severity,
            manual=status is Status.REVIEW,
            status=status,
            source=source,
            message=text,
            fix=text,
            fields=fields if status is Status.FAIL else fields[:1],
            missing=(text,) if status is Status.UNDECIDED else (),
        )
        for status, severity in [*((status, Severity.BLOCKING) for status in Status), (Status.FAIL, Severity.ADVICE)]
    )
    return ProposalReport(
        input=InputReference(text, line, text, text, text, LeadReference(text, text), text, text),
        call=CallReference(text, text, text),
        as_of=text,
        verdict=verdict,
        problems=(Problem(text, text, text, 1, 1), Problem(text, text, text, 1, 1, Severity.WARNING)),
        results=results,
        changed={text: text},
    )
