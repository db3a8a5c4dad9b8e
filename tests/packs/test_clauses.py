"""Nothing the sources of a call say is left out of its clauses, and every clause leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mpfcheck.packs.call import Call
from mpfcheck.packs.clause import Clause, load_clauses
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call

SOURCES = Path(__file__).parent / "sources"
CALLS = [load_call(call_id) for call_id in list_calls()]
BORDERS = load_call("mpf-2023-borders-security")
HELD_AGAINST = [("SUMMARY", "conference-summary.txt"), ("FACT", "borders-security-2023.md")]

TAG = re.compile(r"`\[[^]]*\]`")
HEADING = re.compile(r"^(?:#.*$|\*\*[^*]+\*\*(?: `\[[^]]*\]`)?:?)", re.MULTILINE)
ITEM = re.compile(r"^ *(?:[0-9]+\.|[-•]) ", re.MULTILINE)
SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-ZÄÖÜ])")
NO_END = ("Ms.", "(a).")


def plain(text: str) -> str:
    """The words alone: without tags, headings, the marks of lists, emphasis, and with single blanks."""
    text = ITEM.sub("\n", HEADING.sub("", text))
    text = " ".join(TAG.sub("", text).replace("*", "").replace("`", "").split())
    return re.sub(r" (?=[.,;:)])", "", text)


def sentences(text: str) -> list[int]:
    """Where each sentence begins."""
    starts = [match.end() for match in SENTENCE.finditer(text) if not text[: match.start()].endswith(NO_END)]
    return [0, *starts]


def clauses_of(prefix: str) -> list[Clause]:
    return [clause for clause in load_clauses(BORDERS) if clause.id.startswith(f"{prefix}-")]


@pytest.mark.parametrize(("prefix", "source"), HELD_AGAINST)
def test_the_clauses_hold_every_word_of_the_source(prefix: str, source: str) -> None:
    text = plain((SOURCES / source).read_text(encoding="utf-8"))
    left = list(text)
    at = 0
    for clause in clauses_of(prefix):
        words = plain(clause.text)
        # Clauses come in the order of the source; two may share words such as "or".
        found = text.find(words, max(0, at - 4))
        assert found >= 0, f"{clause.id} is not, or not here, in the source: {words}"
        at = found + len(words)
        left[found:at] = " " * len(words)

    assert not re.sub(r"[\W_]+", " ", "".join(left)).strip()


@pytest.mark.parametrize(("prefix", "source"), HELD_AGAINST)
def test_every_sentence_of_the_source_begins_a_clause(prefix: str, source: str) -> None:
    text = plain((SOURCES / source).read_text(encoding="utf-8"))
    begun = set()
    at = 0
    for clause in clauses_of(prefix):
        at = text.find(plain(clause.text), max(0, at - 4))
        begun.add(at)
        at += len(plain(clause.text))

    assert [text[start : start + 60] for start in sentences(text) if start not in begun] == []


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.id)
def test_every_clause_leads_to_rules_and_gaps_that_are_there_and_to_each_of_them(call: Call) -> None:
    clauses = load_clauses(call)
    if not clauses:
        pytest.fail("nobody has listed the clauses of this call")

    assert {name for clause in clauses for name in clause.rules} == {rule.id for rule in call.rules}
    assert {name for clause in clauses for name in clause.gaps} == {gap.topic for gap in call.gaps}


def test_the_clauses_of_the_borders_call_are_there() -> None:
    assert len(clauses_of("SUMMARY")) >= len(sentences(plain((SOURCES / "conference-summary.txt").read_text("utf-8"))))
