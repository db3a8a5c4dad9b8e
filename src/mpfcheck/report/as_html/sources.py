"""The documents the findings stand on, each once: their titles are long."""

from __future__ import annotations

from mpfcheck.checking.report import SourceReference
from mpfcheck.packs.rule import Authority
from mpfcheck.report.as_html.markup import Markup, element, link
from mpfcheck.report.words import AUTHORITY, Heading, authority_in_short

__all__ = ["Sources"]

WORDS = {authority.value: words.removeprefix("Authority: ") for authority, words in AUTHORITY.items()}


class Sources:
    """Numbers documents as findings name them; holds each document once."""

    def __init__(self) -> None:
        """Start with none."""
        self._numbers: dict[tuple[str, str | None], int] = {}
        self._authorities: dict[str, None] = {}

    def reference(self, source: SourceReference) -> Markup:
        """Where in which document a rule stands, with a link to the list."""
        number = self._numbers.setdefault((source.document, source.url), len(self._numbers) + 1)
        self._authorities.setdefault(source.authority)
        title = element("a", f"[{number}] {source.document}", href=f"#s{number}")
        return element("span", title, ", ", source.section, " ", _tag(source.authority))

    def section(self) -> Markup | None:
        """The list at the end of the page; None where nothing named a document."""
        if not self._numbers:
            return None
        items = [
            element("li", element("span", f"[{number}]", class_="number"), _document(title, url), id=f"s{number}")
            for (title, url), number in self._numbers.items()
        ]
        words = [
            element("div", element("dt", _tag(name)), element("dd", WORDS.get(name, "")))
            for name in [
                *filter(self._authorities.__contains__, Authority),
                *(self._authorities.keys() - set(Authority)),
            ]
        ]
        return element(
            "section",
            element("h2", Heading.SOURCES, id="sources-title"),
            element("ol", *items, class_="sources"),
            element("h3", "What each kind of source may be used for", class_="label"),
            element("dl", *words, class_="authorities"),
            id="sources",
            aria_labelledby="sources-title",
        )


def _tag(authority: str) -> Markup:
    return element("span", authority_in_short(authority), class_="tag")


def _document(title: str, url: str | None) -> Markup:
    if not url:
        return element("span", title)
    return element("span", title, " ", element("span", link(url, url), class_="address"))
