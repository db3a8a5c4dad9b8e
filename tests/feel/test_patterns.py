"""Regular expressions: XPath's rules where Python's differ, and none that can hang."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.feel.errors import LimitExceeded
from mpfcheck.feel.evaluate.evaluator import WorkLimits, evaluate
from mpfcheck.feel.evaluate.patterns.pattern import pattern_of
from mpfcheck.feel.limits import Run
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.values.value import Value


def found(text: str, pattern: str, flags: str = "") -> Value:
    return evaluate(parse("matches(text, pattern, flags)"), {"text": text, "pattern": pattern, "flags": flags})


@pytest.mark.parametrize(
    ("text", "pattern", "flags", "expected"),
    [
        ("abracadabra", "^a.*a$", "", True),
        ("abracadabra", "^bra", "", False),
        ("a\nb", "a.b", "", False),
        ("a\nb", "a.b", "s", True),
        ("a\nb", "^b", "m", True),
        ("a\n", "a$", "", False),
        ("K\u00d6LN", "k\u00f6ln", "i", True),
        ("x", "[a-z-[aeiou]]", "", True),
        ("e", "[a-z-[aeiou]]", "", False),
        ("b2", r"^\p{L}\p{Nd}$", "", True),
        ("\u03b1", r"\p{IsGreek}", "", True),
        ("a", r"\P{IsGreek}", "", True),
        ("a.b", "a.b", "q", True),
        ("axb", "a.b", "q", False),
        ("hello world", "he ll o[ ]world", "x", True),
        ("abab", r"^(ab)\1$", "", True),
        ("aa0", r"(a)\10", "", True),
        ("aaa", "^a{2,3}$", "", True),
        ("a", "^a{2}$", "", False),
        ("", "^$", "", True),
        ("xay", "(b|a|c)", "", True),
        ("-", "[a-]", "", True),
    ],
)
def test_a_pattern_is_found_where_xpath_finds_it(text: str, pattern: str, flags: str, expected: bool) -> None:
    assert found(text, pattern, flags) is expected


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "[",
        "[]",
        "[^]",
        "a**",
        "*a",
        "a{2,1}",
        "a{",
        r"\q",
        r"\1",
        r"(a\1)",
        r"[\1]",
        r"\p{IsNowhere}",
        "(?=a)",
        "}",
    ],
)
def test_what_xpath_refuses_is_null(pattern: str) -> None:
    assert found("a", pattern) is None


def test_flags_nobody_knows_are_null() -> None:
    assert found("a", "a", "p") is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(a+)+$", "a" * 40 + "!"),
        ("(a|a)*$", "a" * 200 + "!"),
        ("(.*)*(.*)*(.*)*x", "a" * 300),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 300),
        (r"(a*)*\1$", "a" * 30 + "!"),
        (r"((a+)+)\2$", "a" * 100 + "!"),
        ("(a{1,50}){1,50}$", "a" * 100 + "!"),
        ("((((a?){50}){50}){50}){50}", "a"),
        ("(((a*)*)*)*$", "a" * 100 + "!"),
    ],
)
def test_no_pattern_hangs(pattern: str, text: str) -> None:
    with contextlib.suppress(LimitExceeded):
        assert found(text, pattern) in (True, False, None)


@given(
    st.text("ab", max_size=8),
    st.recursive(
        st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "^", "$"]),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map("".join),
            st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})"),
            st.tuples(inner, st.sampled_from(["*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}"])).map(
                lambda pair: f"(?:{pair[0]}){pair[1]}"
            ),
        ),
        max_leaves=6,
    ),
)
def test_a_pattern_python_reads_alike_is_found_at_the_same_place(text: str, pattern: str) -> None:
    """Where the match ends is left open: loops over what may be empty end at different turns in different engines."""
    ours = pattern_of(pattern, "")
    assert ours is not None
    match = ours.search(text, 0, Run(WorkLimits()))
    theirs = re.compile(pattern).search(text)
    assert (None if match is None else match[0]) == (None if theirs is None else theirs.start())


@pytest.mark.parametrize(
    ("text", "pattern", "replacement", "expected"),
    [
        ("abracadabra", "bra", "*", "a*cada*"),
        ("abracadabra", "a.*?a", "*", "*c*bra"),
        ("AAAA", "A+?", "b", "bbbb"),
        ("darted", "^(.*?)d(.*)$", "$1c$2", "carted"),
        ("ab", "(a)(b)?", "$2$1", "ba"),
        ("a", "a", r"\$\\", "$\\"),
        ("a", "a", "$1", ""),
        ("abc", "x", "y", "abc"),
        ("abracadabra", ".*?", "$1", None),
        ("a", "a", "$", None),
        ("a", "a", r"\x", None),
    ],
)
def test_replacing_puts_groups_where_the_replacement_says(
    text: str, pattern: str, replacement: str, expected: str | None
) -> None:
    names: dict[str, Value] = {"text": text, "pattern": pattern, "replacement": replacement}
    assert evaluate(parse("replace(text, pattern, replacement)"), names) == expected
