"""A document as PDF/UA-1, set by typst: tagged, with bookmarks, page numbers and repeated heads of tables.

Everything the document says goes to the typesetter as data (JSON), and none of it as markup. The page is set without
the fonts of the computer, so that it is the same everywhere; only where these lack a character are all fonts tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from mpfcheck.extra import MissingLibraryError
from mpfcheck.json_codec import json_text
from mpfcheck.plain import plain
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
    flow,
)
from mpfcheck.report.paper.paper import Paper, Written

if TYPE_CHECKING:
    from typst import TypstError

    from mpfcheck.report.blocks import Block

__all__ = ["nodes_as_json", "pdf", "typeset"]

HERE = Path(__file__).parent
PAGE = HERE / "page.typ"
FONTS = HERE / "fonts"

_not_displayed = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL).search


def pdf(paper: Paper) -> Written:
    """The document as PDF; raises MissingLibraryError."""
    return typeset(paper, [nodes_as_json(paper.blocks)])


def nodes_as_json(blocks: Iterable[Block], level: int = 1) -> str:
    """Blocks as the typesetter takes them: JSON objects with commas between them, empty for none."""
    return json_text(_nodes(flow(blocks, level)))[1:-1]


def typeset(paper: Paper, nodes: Iterable[str]) -> Written:
    """The document as PDF, of nodes that were made by :func:`nodes_as_json`; raises MissingLibraryError."""
    try:
        import typst
    except ModuleNotFoundError:
        raise MissingLibraryError("PDF", "paper") from None

    properties = {
        "title": plain(paper.title),
        "author": plain(paper.author),
        "identifier": plain(paper.identifier),
        "footer": plain(paper.footer),
    }
    data = f'{json_text(properties)[:-1]},"nodes":[{",".join(filter(None, nodes))}]}}'

    def compiled(*, system_fonts: bool, standards: tuple[typst.PDFStandard, ...]) -> bytes:
        made = typst.compile(
            PAGE,
            root=HERE,
            format="pdf",
            sys_inputs={"document": data},
            font_paths=[FONTS],
            ignore_system_fonts=not system_fonts,
            pdf_standards=list(standards),
            timestamp=0,
        )
        assert isinstance(made, bytes)  # noqa: S101 - one file, for there are pages in it
        return made

    for system_fonts in (False, True):
        try:
            return Written(compiled(system_fonts=system_fonts, standards=("ua-1",)))
        except typst.TypstError as error:
            missing = _missing_characters(error)
    warning = (
        f"No font on this computer has the characters {missing}. The PDF shows boxes in their place, and is not fully "
        "accessible. Install a font for them, for example a Noto font, and write the document again."
    )
    return Written(compiled(system_fonts=True, standards=()), (warning,))


def _missing_characters(error: TypstError) -> str:
    """The characters that could not be shown; raises the error again where it is another one."""
    found = _not_displayed(error.message)
    if found is None:
        raise error
    return found[1]


def _nodes(nodes: Iterable[Node]) -> list[dict[str, object]]:
    return [_node(node) for node in nodes]


def _node(node: Node) -> dict[str, object]:
    match node:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": text}
        case Paragraph(pieces, mark, indent, kept):
            return {"kind": "paragraph", "pieces": _pieces(pieces), "mark": mark, "indent": indent, "kept": kept}
        case LabelledLines():
            return {"kind": "facts", "facts": _facts(node)}
        case Grid(heads, numbers, widths, scale, rows, foot):
            return {
                "kind": "table",
                "heads": list(heads),
                "numbers": list(numbers),
                "widths": [str(width) for width in widths],
                "scale": str(scale),
                "rows": [_pieces(row) for row in rows],
                "foot": [_pieces(row) for row in foot],
            }
        case CoverPage(kind, title, subtitle, facts, note):
            return {
                "kind": "cover",
                "name": kind,
                "title": _piece(title),
                "subtitle": subtitle,
                "facts": _facts(facts),
                "note": note,
            }
        case SignaturePlace(name, role, lines):
            return {"kind": "signature", "name": name, "role": role, "lines": list(lines)}
        case NewPage():
            return {"kind": "page"}


def _facts(facts: LabelledLines) -> list[dict[str, object]]:
    return [{"label": label, "lines": _pieces(lines)} for label, lines in facts.facts]


def _pieces(pieces: Iterable[Piece]) -> list[dict[str, object]]:
    return [_piece(piece) for piece in pieces]


def _piece(piece: Piece) -> dict[str, object]:
    return {"text": piece.text, "style": piece.style.value}
