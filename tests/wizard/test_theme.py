"""The themes can be read: every text colour has contrast enough on every ground it stands on."""

import pytest
import rich.color
from textual.color import Color
from textual.theme import Theme

from mpfcheck.wizard.theme import DARK, FEW_DARK, FEW_LIGHT, GROUNDS, LIGHT, TEXTS, first_theme

LEAST = 4.5
"""The contrast ratio of WCAG 2.2, success criterion 1.4.3 (AA)."""


def colour(theme: Theme, name: str) -> Color:
    found = getattr(theme, name, None) or theme.variables[name]
    return Color.parse(found)


def luminance(shade: Color) -> float:
    parts = [part / 255 for part in (shade.r, shade.g, shade.b)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Color, other: Color) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT, FEW_DARK, FEW_LIGHT], ids=["dark", "light", "few-dark", "few-light"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_can_be_read(theme: Theme, ground: str, text: str) -> None:
    assert contrast(colour(theme, text), colour(theme, ground)) >= LEAST


@pytest.mark.parametrize(("says", "theme"), [("0;15", LIGHT), ("15;0", DARK), ("", DARK), ("0;default;7", LIGHT)])
def test_the_theme_is_that_of_the_terminal_where_it_says_so(says: str, theme: Theme) -> None:
    assert first_theme({"COLORFGBG": says}) == theme.name


@pytest.mark.parametrize("theme", [FEW_DARK, FEW_LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_in_256_colours_no_ground_becomes_another_colour(theme: Theme, ground: str) -> None:
    shade = colour(theme, ground)
    shown = rich.color.Color.parse(shade.hex).downgrade(rich.color.ColorSystem.EIGHT_BIT).get_truecolor()
    assert shown.red == shown.green == shown.blue
    assert abs(shown.red - shade.r) <= 10, "one step of grey at most"
