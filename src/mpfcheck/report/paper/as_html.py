"""A document as one HTML page, to read in a browser and to print: no scripts, nothing loaded."""

from __future__ import annotations

from collections.abc import Iterable

from mpfcheck.report.as_html.markup import Markup, element, joined, outside
from mpfcheck.report.paper.flow import (
    CoverPage,
    Grid,
    Heading,
    LabelledLines,
    NewPage,
    Node,
    Paragraph,
    Piece,
    SignaturePlace,
    Style,
    flow,
)
from mpfcheck.report.paper.paper import Paper

__all__ = ["html"]

BREAK = Markup("<br>")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root { color-scheme: light dark; --ink: #1b1d22; --soft: #50535a; --paper: #fff; --line: #767676; --tint: #f0f0ee; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e9e8e4; --soft: #b4b8c0; --paper: #17191d; --line: #8b92a0; --tint: #24282f; }
}
body { margin: 0 auto; max-width: 52rem; padding: 2rem 1.25rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 2rem; line-height: 1.15; } h2 { margin-top: 2.5rem; } h1, h2, h3, h4 { break-after: avoid; }
.kind { letter-spacing: .06em; text-transform: uppercase; color: var(--soft); }
dl { display: grid; grid-template-columns: minmax(8rem, 1fr) 2fr; gap: .5rem 1.25rem; margin: 1rem 0; }
dt { color: var(--soft); } dd { margin: 0; }
@media (max-width: 32rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .75rem; } }
.blank { display: inline-block; min-width: min(16rem, 100%); border-bottom: 1px solid var(--line); color: var(--soft);
  font-size: .8rem; } td .blank { min-width: 3rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .875rem; margin: 1rem 0;
  font-variant-numeric: tabular-nums; overflow-wrap: normal; }
th, td { text-align: start; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid var(--line); }
thead th { background: var(--tint); } .n { text-align: end; white-space: nowrap; } tfoot td { font-weight: 600; }
.in { margin-inline-start: 1.5rem; } .quiet { color: var(--soft); } .mark { display: inline-block; width: 1.5rem; }
.signature { break-inside: avoid; margin: 2rem 0; } .signature dd { min-height: 2rem;
  border-bottom: 1px solid var(--line); }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } .cover { break-after: page; }
  .page { break-before: page; } thead { display: table-header-group; } tr { break-inside: avoid; }
  .scroll { overflow: visible; } }
"""


def html(paper: Paper) -> bytes:
    """The document as HTML."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="robots", content="noindex"),
        element("meta", name="author", content=paper.author) if paper.author else None,
        element("title", paper.title),
        element("style", Markup(STYLE)),
    )
    body = joined(_node(node) for node in flow(paper.blocks))
    page = joined(
        [
            Markup('<!DOCTYPE html>\n<html lang="en">'),
            head,
            Markup("\n<body>\n<main>"),
            body,
            Markup("</main>\n"),
            element("footer", element("p", outside(paper.footer), class_="quiet")),
            Markup("\n</body></html>\n"),
        ]
    )
    return page.encode("utf-8", "backslashreplace")


def _node(node: Node) -> Markup:
    match node:
        case Heading(level, text):
            return element(f"h{min(level + 1, 6)}", outside(text))
        case Paragraph(pieces, mark, indent):
            shown = element("span", mark, class_="mark") if mark else None
            return element("p", shown, _pieces(pieces), class_="in" if indent else None)
        case LabelledLines():
            return _facts(node)
        case Grid():
            return _grid(node)
        case CoverPage(kind, title, subtitle, facts, note):
            return element(
                "header",
                element("p", kind, class_="kind"),
                element("h1", _piece(title)),
                element("p", element("strong", outside(subtitle))) if subtitle else None,
                _facts(facts),
                element("p", note, class_="quiet") if note else None,
                class_="cover",
            )
        case SignaturePlace(name, role, lines):
            to_fill = [part for line in lines for part in (element("dt", line), element("dd"))]
            signer = element("p", element("strong", outside(name)), f", {role}" if role else None)
            return element("div", signer, element("dl", *to_fill), class_="signature")
        case NewPage():
            return element("div", class_="page")


def _facts(facts: LabelledLines) -> Markup:
    rows: list[Markup] = []
    for label, lines in facts.facts:
        parts = [part for line in lines for part in (BREAK, _piece(line))][1:]
        rows += [element("dt", outside(label)), element("dd", *parts)]
    return element("dl", *rows) if rows else Markup()


def _grid(grid: Grid) -> Markup:
    kinds = ["n" if number else None for number in grid.numbers]
    heads = [element("th", head, scope="col", class_=kind) for head, kind in zip(grid.heads, kinds, strict=True)]

    def row(cells: tuple[Piece, ...]) -> Markup:
        return element(
            "tr", *(element("td", _piece(cell), class_=kind) for cell, kind in zip(cells, kinds, strict=True))
        )

    foot = element("tfoot", *map(row, grid.foot)) if grid.foot else None
    body = element("tbody", *map(row, grid.rows))
    table = element("table", element("thead", element("tr", *heads)), body, foot)
    return element("div", table, class_="scroll", tabindex=0)


def _pieces(pieces: Iterable[Piece]) -> Markup:
    return joined(map(_piece, pieces))


def _piece(piece: Piece) -> Markup:
    match piece.style:
        case Style.STRONG:
            return element("strong", outside(piece.text))
        case Style.QUIET:
            return element("span", outside(piece.text), class_="quiet")
        case Style.CODE:
            return element("code", outside(piece.text))
        case Style.BLANK:
            return element("span", piece.text, class_="blank")
        case Style.PLAIN:
            return outside(piece.text)
