"""One shape for rule files: what they say and their comments stay, lines are short, a second time changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.packs.layout import laid_out, long_lines
from mpfcheck.packs.mistake import PackError
from mpfcheck.packs.yaml_file import read_yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("rules", "forms")
    for path in (ROOT / folder).rglob("*.yaml")
    if "versions" not in path.parts
)


def words_of_comments(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return sorted(word for line in lines if line.startswith("#") for word in line.lstrip("# ").split())


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_ours_says_the_same_when_it_is_laid_out(name: str) -> None:
    before = (ROOT / name).read_bytes()
    after = laid_out(before, name)

    assert read_yaml(after.encode(), name).root.plain() == read_yaml(before, name).root.plain()
    assert words_of_comments(after) == words_of_comments(before.decode())
    assert laid_out(after.encode(), name) == after


RULE = """\
- message: "A sentence that is too long to stand on one line, with \\"quotes\\": {lead.name}, \
{lead.name} of {lead.country}."
  id: LEAD-1 # the first
  severity: blocking
  examples:
    - {given: {lead: {country: LT}}, expect: pass, title: a state of the Union}
"""

LAID_OUT = """\
- id: LEAD-1  # the first
  severity: blocking
  message: >-
    A sentence that is too long to stand on one line, with "quotes": {lead.name}, {lead.name} of {lead.country}.
  examples:
    - title: a state of the Union
      given:
        lead: {country: LT}
      expect: pass
"""


def test_a_rule_is_laid_out() -> None:
    assert laid_out(RULE.encode(), "lead.yaml") == LAID_OUT


def test_comments_between_the_entries_of_a_rule_stay_above_what_they_are_about() -> None:
    text = "- severity: blocking\n  # about the id\n  id: LEAD-1\n"
    assert laid_out(text.encode(), "lead.yaml") == text


def test_a_comment_inside_a_list_on_one_line_is_kept() -> None:
    text = "- id: A-1\n  severity: blocking\n  note: [a, # about a\n    # about b\n    b]\n  fix: c\n"
    after = laid_out(text.encode(), "lead.yaml")
    assert after == "- id: A-1\n  severity: blocking\n  note: [a, b]  # about a\n  # about b\n  fix: c\n"


@pytest.mark.parametrize("text", ["NO", "yes", "Off", "n"])
def test_a_text_that_other_readers_of_yaml_take_for_true_or_false_keeps_its_quotes(text: str) -> None:
    """The code of Norway is read as false by readers of YAML 1.1."""
    assert laid_out(f'- {{code: "{text}"}}\n'.encode(), "codes.yaml") == f'- {{code: "{text}"}}\n'


def test_only_lines_that_can_be_broken_are_too_long() -> None:
    words, address = "word " * 30, f"https://example.org/{'x' * 120}"
    file = read_yaml(f"a: {words}\nb: {address}\nc: short\n".encode(), "x.yaml")
    assert list(long_lines(file)) == [1]


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t#:-{}[]\"'\\, "), max_size=200)


@given(
    st.recursive(
        TEXT | st.booleans() | st.none() | st.integers(-(10**9), 10**9),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcdef"), inner, max_size=4),
        max_leaves=12,
    ).map(lambda value: {"top": value})
)
def test_whatever_a_file_says_it_says_afterwards(data: object) -> None:
    import json

    text = json.dumps(data, ensure_ascii=False)
    try:
        before = read_yaml(text.encode(), "x.yaml")
    except PackError:
        return  # What YAML cannot hold, such as unprintable characters.
    after = laid_out(text.encode(), "x.yaml")
    assert read_yaml(after.encode(), "x.yaml").root.plain() == before.root.plain()
    assert laid_out(after.encode(), "x.yaml") == after
