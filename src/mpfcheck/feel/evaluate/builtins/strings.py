"""String functions. Positions count characters (code points) from 1."""

from __future__ import annotations

from decimal import Decimal

from mpfcheck.feel.evaluate.builtins.builtin import Family
from mpfcheck.feel.limits import Run
from mpfcheck.feel.values.value import Value
from mpfcheck.same_name import name_key, pic_key

__all__ = [
    "STRINGS",
]

STRINGS = Family()


@STRINGS.add("substring", "string: string", "start position: number", "length: number?")
def substring(_run: Run, text: str, start: Decimal, length: Decimal | None = None) -> Value:
    """The characters from a position on, from the end if it is negative; null if the text has no such position."""
    index = int(start)
    if not 1 <= abs(index) <= len(text):
        return None
    first = index - 1 if index > 0 else len(text) + index
    if length is None:
        return text[first:]
    count = int(length)
    return text[first : first + count] if count >= 1 else None


@STRINGS.add("string length", "string: string")
def string_length(_run: Run, text: str) -> Value:
    """How many characters."""
    return Decimal(len(text))


@STRINGS.add("upper case", "string: string")
def upper_case(_run: Run, text: str) -> Value:
    """In capitals."""
    return text.upper()


@STRINGS.add("lower case", "string: string")
def lower_case(_run: Run, text: str) -> Value:
    """In small letters."""
    return text.lower()


@STRINGS.add("plain name", "string: string")
def plain_name(_run: Run, text: str) -> Value:
    """A name as it is compared with others: not of the standard, which has no way to say it."""
    return name_key(text)


@STRINGS.add("digits", "string: string")
def digits(_run: Run, text: str) -> Value:
    """The digits 0 to 9 alone, as codes are compared: not of the standard."""
    return pic_key(text)


@STRINGS.add("substring before", "string: string", "match: string")
def substring_before(_run: Run, text: str, match: str) -> Value:
    """The text before the first match; empty without a match."""
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@STRINGS.add("substring after", "string: string", "match: string")
def substring_after(_run: Run, text: str, match: str) -> Value:
    """The text after the first match; empty without a match, all of the text for an empty match."""
    return text.partition(match)[2] if match else text


@STRINGS.add("contains", "string: string", "match: string")
def contains(_run: Run, text: str, match: str) -> Value:
    """Whether the one is in the other."""
    return match in text


@STRINGS.add("starts with", "string: string", "match: string")
def starts_with(_run: Run, text: str, match: str) -> Value:
    """Whether the one begins with the other."""
    return text.startswith(match)


@STRINGS.add("ends with", "string: string", "match: string")
def ends_with(_run: Run, text: str, match: str) -> Value:
    """Whether the one ends with the other."""
    return text.endswith(match)


@STRINGS.add("string join", "list: list", "delimiter: string|null?")
def string_join(run: Run, values: list[Value], delimiter: str | None = None) -> Value:
    """The strings of a list in one, with a delimiter between them; nulls are left out."""
    parts = [value for value in values if isinstance(value, str)]
    if len(parts) + values.count(None) != len(values):
        return None
    run.check_characters(sum(map(len, parts)) + len(delimiter or "") * len(parts))
    return (delimiter or "").join(parts)


@STRINGS.add("matches", "input: string", "pattern: string", "flags: string|null?")
def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> Value:
    """Whether the text contains a match of a regular expression; null for an invalid expression."""
    from mpfcheck.feel.evaluate.patterns.pattern import pattern_of

    compiled = pattern_of(pattern, flags or "")
    return None if compiled is None else compiled.search(text, 0, run) is not None


@STRINGS.add("replace", "input: string", "pattern: string", "replacement: string", "flags: string|null?")
def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> Value:
    """The text with every match replaced; null for a pattern that is invalid or matches an empty text."""
    from mpfcheck.feel.evaluate.patterns.pattern import pattern_of

    compiled = pattern_of(pattern, flags or "")
    return None if compiled is None else compiled.replace(text, replacement, run)


@STRINGS.add("split", "string: string", "delimiter: string")
def split(run: Run, text: str, delimiter: str) -> Value:
    """The parts of the text between the matches of a regular expression."""
    from mpfcheck.feel.evaluate.patterns.pattern import pattern_of

    compiled = pattern_of(delimiter, "")
    return None if compiled is None else compiled.split(text, run)
