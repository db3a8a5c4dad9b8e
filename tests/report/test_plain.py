"""Text from proposals is data wherever it is shown."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.json_codec import json_text
from mpfcheck.plain import plain
from mpfcheck.report.paragraph import columns, paragraph
from tests.data import NAUGHTY_STRINGS

JOINERS = "\u200c\u200d"

any_text = st.text(st.characters(), max_size=200)
"""Any text at all, lone surrogates included."""


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("Border Police", "Border Police"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("a\r\nELIGIBLE", "a  ELIGIBLE"),
        ("\u202eelbigile", "\\u202eelbigile"),
        ("\x9b2J", "\\x9b2J"),
        ("a\u00a0b", "a b"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("Valstybės sienos apsaugos tarnyba", "Valstybės sienos apsaugos tarnyba"),
        ("می\u200cشود", "می\u200cشود"),
    ],
)
def test_what_a_terminal_would_act_on_is_spelled_out(given_text: str, shown: str) -> None:
    assert plain(given_text) == shown


@given(any_text)
def test_plain_text_holds_nothing_unprintable(text: str) -> None:
    assert all(character.isprintable() or character in JOINERS for character in plain(text))


@given(any_text)
def test_json_text_reads_back_as_it_was_and_holds_nothing_unprintable(text: str) -> None:
    written = json_text({text: [text]})

    assert written.isprintable()
    assert json.loads(written) == {text: [text]}
    written.encode("utf-8")


@given(any_text, st.integers(20, 100))
def test_no_line_is_wider_than_the_page(text: str, width: int) -> None:
    assert all(columns(line) <= width for line in paragraph(text, width, first="  ✗ GRANT-1  ", rest="      "))


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), max_size=300), st.integers(20, 100))
def test_breaking_a_long_word_loses_nothing(word: str, width: int) -> None:
    assert "".join(line.strip() for line in paragraph(word, width, first="    ", rest="    ")) == word


@pytest.mark.parametrize("width", range(40, 60))
def test_an_amount_is_never_broken(width: int) -> None:
    text = "You ask for EUR 190 000.01 but EUR 1 190 000.00 is what there is of the pot in all."
    lines = paragraph(text, width)

    assert any("EUR 190 000.01" in line for line in lines)
    assert any("EUR 1 190 000.00" in line for line in lines)


def test_wide_characters_count_twice_and_combining_ones_not_at_all() -> None:
    assert columns("国境") == 4
    assert columns("e\u0301") == 1


def test_a_text_nobody_would_read_is_cut_and_says_so() -> None:
    lines = paragraph("a" * 5000, 80)

    assert sum(map(len, lines)) < 4200
    assert "(1000 more characters)" in " ".join(lines)


def test_naughty_strings_stay_on_the_page() -> None:
    for text in NAUGHTY_STRINGS:
        assert json.loads(json_text(text)) == text
        for line in paragraph(text, 80, first="  ", rest="  "):
            assert columns(line) <= 80
            assert all(character.isprintable() or character in JOINERS for character in line)
