"""YAML is read as a small and unsurprising language, and every value knows its place."""

from __future__ import annotations

import contextlib
import re
import sys
from datetime import date
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mpfcheck.packs.mistake import PackError
from mpfcheck.packs.yaml_file import (
    MAX_BYTES,
    MAX_DEPTH,
    YamlList,
    YamlMap,
    YamlScalar,
    read_yaml,
    yaml_without_patterns,
)


def plain(text: str) -> object:
    return read_yaml(text.encode(), "pack.yaml").root.plain()


def refused(data: bytes) -> list[str]:
    with pytest.raises(PackError) as error:
        read_yaml(data, "pack.yaml")
    return str(error.value).splitlines()


@pytest.mark.parametrize(
    "word", ["NO", "no", "Yes", "on", "off", "y", "True", "FALSE", "Null", "2023-12-07", "12:30:45"]
)
def test_words_that_are_something_else_in_other_yaml_stay_text(word: str) -> None:
    assert plain(f"[{word}]") == [word]
    assert plain(f"{{{word}: 1}}") == {word: 1}


@pytest.mark.parametrize("number", ["007", "0x1F", "0o17", "1_000", "1e3", "+5", ".5", "5.", ".inf", ".nan", "9" * 35])
def test_only_plain_decimals_are_numbers(number: str) -> None:
    assert plain(f"- {number}") == [number]


def test_numbers_are_exact() -> None:
    read = plain("[0, -7, 200000.00, 0.1, 99999999999999999999999999999.01]")
    assert read == [0, -7, Decimal("200000.00"), Decimal("0.1"), Decimal("99999999999999999999999999999.01")]
    assert [type(number) for number in read] == [int, int, Decimal, Decimal, Decimal]
    assert str(plain("200000.00")) == "200000.00"


def test_true_false_and_null_are_themselves_unless_quoted() -> None:
    assert plain("[true, false, null, ~, 'true', \"null\"]") == [True, False, None, None, "true", "null"]
    assert plain("a:\nb: 1") == {"a": None, "b": 1}


def test_keys_are_text_whatever_they_look_like() -> None:
    assert plain("{1: a, true: b, null: c, 2023-12-07: d}") == {"1": "a", "true": "b", "null": "c", "2023-12-07": "d"}


def test_every_node_knows_its_line_and_column_from_1() -> None:
    file = read_yaml("a: 1\nlist:\n  - {b: x, é: y}\n".encode(), "pack.yaml")
    assert isinstance(file.root, YamlMap)
    listed = file.root.entries["list"]
    assert isinstance(listed, YamlList)
    inner = listed.items[0]
    assert isinstance(inner, YamlMap)
    assert file.root.place == ("pack.yaml", 1, 1)
    assert inner.place == ("pack.yaml", 3, 5)
    assert inner.keys["é"].place == ("pack.yaml", 3, 12)
    assert inner.entries["é"].place == ("pack.yaml", 3, 15)


def test_a_byte_order_mark_and_windows_lines_do_not_matter() -> None:
    file = read_yaml(b"\xef\xbb\xbfa: 1\r\nb: x y\r\n", "pack.yaml")
    assert file.root.plain() == {"a": 1, "b": "x y"}
    assert isinstance(file.root, YamlMap)
    assert file.root.entries["b"].place == ("pack.yaml", 2, 4)


@pytest.mark.parametrize(
    ("source", "needle", "place"),
    [
        ("a: one two", "two", (1, 8)),
        ("a: 'one''s two'", "two", (1, 12)),
        ('a: "one\\" \\x41 two"', "two", (1, 16)),
        ('a: "one \\\n   two"', "two", (2, 4)),
        ("a: one\n  two\n\n  three", "three", (4, 3)),
        ("a: >-\n  one\n  two", "two", (3, 3)),
        ("a: |  # so\n  one\n    two", "two", (3, 5)),
        ("a: >2\n    one\n  two", "two", (3, 3)),
        ("'a': é one two", "two", (1, 12)),
    ],
)
def test_a_place_inside_a_text_is_found_however_the_text_is_written(
    source: str, needle: str, place: tuple[int, int]
) -> None:
    file = read_yaml(source.encode(), "pack.yaml")
    assert isinstance(file.root, YamlMap)
    node = file.root.entries["a"]
    assert isinstance(node, YamlScalar)
    assert isinstance(node.value, str)
    assert node.place_at(node.value.index(needle))[1:] == place


WRITABLE = st.text(st.sampled_from("ab é'\"{}[]#:,&*!|>%@`-\n\t\\€"), min_size=1, max_size=40)


@given(WRITABLE, st.sampled_from([None, "'", '"', "|", ">"]), st.integers(10, 40))
def test_each_character_of_a_text_is_found_where_it_was_written(text: str, style: str | None, width: int) -> None:
    source = yaml.safe_dump({"before": "x", "a": text}, default_style=style, width=width, allow_unicode=True)
    file = read_yaml(source.encode(), "pack.yaml")
    assert isinstance(file.root, YamlMap)
    node = file.root.entries["a"]
    assert isinstance(node, YamlScalar)
    if not isinstance(node.value, str):
        return
    assert node.value == text
    lines = re.split("\n", source)
    for offset, character in enumerate(text):
        if not character.isspace():
            _, line, column = node.place_at(offset)
            written = lines[line - 1][column - 1]
            assert written == character or (node.style == '"' and written == "\\")


def test_text_may_be_broken_off_anywhere_and_only_ever_a_pack_error_comes_of_it() -> None:
    whole = 'a: {b: [1, "x\\"y", *z, &q w], c: |\n    text\n  ? d\n  : !!str e}\n---\nf: %\n'
    for end in range(len(whole)):
        with contextlib.suppress(PackError):
            read_yaml(whole[:end].encode(), "pack.yaml")


@given(st.binary(max_size=60))
def test_whatever_the_bytes_the_answer_is_a_file_or_a_pack_error(data: bytes) -> None:
    with contextlib.suppress(PackError):
        read_yaml(data, "pack.yaml")


def test_all_duplicate_keys_are_named_at_once() -> None:
    assert refused(b"a: 1\nb: {c: 1, c: 2}\na: 2\n") == [
        'pack.yaml:2:11: The key "c" occurs twice. It is also on line 2: keep one of them.',
        'pack.yaml:3:1: The key "a" occurs twice. It is also on line 1: keep one of them.',
    ]


def test_a_billion_laughs_is_refused_at_the_first() -> None:
    bomb = b'a: &a ["ha", "ha"]\n' + b"".join(b"%c: &%c [*%c, *%c]\n" % (n, n, n - 1, n - 1) for n in range(98, 122))
    assert refused(bomb)[0] == 'pack.yaml:1:4: Anchors such as "&a" are not allowed. Write it out.'


def test_nesting_is_bounded() -> None:
    assert plain("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None
    assert refused(b"[" * 100_000)
    assert refused(b"[" * 200 + b"]" * 200)[0] == f"pack.yaml:1:{MAX_DEPTH + 1}: Nested more than {MAX_DEPTH} deep."


def test_size_is_bounded() -> None:
    assert refused(b"#" * (MAX_BYTES + 1)) == [
        f"pack.yaml:1:1: The file is larger than {MAX_BYTES} bytes. Split it up."
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a: 1\nb: \xe9\n", "pack.yaml:2:4: This is not UTF-8. Save the file as UTF-8."),
        (
            b"a: 1\nb: x\x07y\n",
            "pack.yaml:2:5: The character U+0007 is not allowed in YAML. Remove it; it cannot be seen.",
        ),
        (b"", "pack.yaml:1:1: The file is empty."),
        (b"%YAML 1.2\n---\na: 1\n", "pack.yaml:1:1: Directives such as %YAML are not allowed. Remove it."),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(data: bytes, said: str) -> None:
    assert refused(data) == [said]


def test_without_the_fast_library_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "a: [NO, 5, 1.50, true]\nb: >-\n  folded\n  text\n'c': \"x\\ty\"\n"
    fast = read_yaml(source.encode(), "pack.yaml")
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    slow = read_yaml(source.encode(), "pack.yaml")
    assert slow.root.plain() == fast.root.plain()
    assert isinstance(slow.root, YamlMap)
    node = slow.root.entries["b"]
    assert isinstance(node, YamlScalar)
    assert node.place_at(7) == ("pack.yaml", 4, 3)


def test_leaves_pyyaml_as_it_is_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its patterns are compiled when they are first used, here by its own Python code."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "yaml"]:
        monkeypatch.delitem(sys.modules, name)
    fresh = yaml_without_patterns()
    assert not isinstance(fresh.reader.Reader.NON_PRINTABLE, re.Pattern)
    assert isinstance(re.compile("a"), re.Pattern)
    read = fresh.load("{day: 2023-12-07, share: 0.95, binary: 0b11, yes: null}", fresh.SafeLoader)
    assert read == {"day": date(2023, 12, 7), "share": 0.95, "binary": 3, True: None}
    with pytest.raises(fresh.reader.ReaderError):
        fresh.load("\x01", fresh.SafeLoader)
