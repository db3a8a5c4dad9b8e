"""The look: readable by everybody, in both themes and on paper."""

from __future__ import annotations

import re
from itertools import product

import pytest

from mpfcheck.report.as_html.page import style_sheet

INKS = ("ink", "soft", "link", "bad", "look", "open", "judge", "fault", "good", "file")
PAPERS = ("page", "card", "sunk")
TONES = ("bad", "look", "open", "judge", "fault", "good", "file")


def _themes() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root \{(.*?)\}", style_sheet(), re.DOTALL)[:2]
    colours = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in (light, dark)]
    return {"light": colours[0], "dark": {**colours[0], **colours[1]}}


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_has_the_contrast_of_wcag_aa(theme: str) -> None:
    colours = _themes()[theme]
    pairs = [*product(INKS, PAPERS), *((tone, f"{tone}-tint") for tone in TONES), ("ink", "good-tint")]
    weak = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair in [*pairs, ("ink", "look-tint")]
        if contrast(colours[pair[0]], colours[pair[1]]) < 4.5
    }

    assert weak == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_and_lines_that_mean_something_have_the_contrast_of_wcag_aa(theme: str) -> None:
    colours = _themes()[theme]

    assert all(
        contrast(colours[mark], colours[paper]) >= 3 for mark, paper in product(("apart", "edge"), ("page", "card"))
    )


def test_both_themes_have_every_colour() -> None:
    themes = _themes()

    assert themes["light"].keys() == themes["dark"].keys()
    assert all(themes["light"][name] != themes["dark"][name] for name in themes["light"])


def test_the_sheet_serves_screen_and_paper_and_cannot_end_early() -> None:
    sheet = style_sheet()

    assert "prefers-color-scheme: dark" in sheet
    assert "@media print" in sheet
    assert "prefers-reduced-motion" in sheet
    assert "</" not in sheet
    assert "/*" not in sheet
    assert "http" not in sheet
