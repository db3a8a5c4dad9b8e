"""Values and places in words: a rule's sentences filled in with the applicant's values, and fields by their names.

Amounts are written as ``EUR 190 000.01``, countries and other codes by their labels, months as ``24 months``;
``/co_applicants/0/country`` is "co-applicant 1, country".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import TypeAlias

from mpfcheck.checking.names import ProposalNames
from mpfcheck.checking.report import Change, SentenceValue
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.types import ANY, ListType, NumberType, RangeType, TextType, Type, members
from mpfcheck.feel.values.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from mpfcheck.feel.values.text import temporal_in_words
from mpfcheck.feel.values.value import ARITHMETIC, Bounds, Items, OneOf, Range, Record, Unanswered, Value
from mpfcheck.packs.template import Condition, Template
from mpfcheck.proposal.pointer import is_position
from mpfcheck.proposal.values import format_money, format_months, plain_money

__all__ = [
    "NOT_ANSWERED",
    "NO_VALUE",
    "Label",
    "SentenceValues",
    "TypeOf",
    "choices_in",
    "field_in_words",
    "fill",
    "in_order",
    "missing_in_words",
    "plain_number",
    "plain_value",
    "write_value",
]


NOT_ANSWERED = "(not answered)"
NO_VALUE = "(no value)"
A_FUNCTION = "(a function)"
"""Stands for FEEL's null: a sentence that says it is at fault itself."""
LONGEST_LIST = 12
_NAMES = ("name", "title", "id")
ANY_AMOUNT = Decimal(10**9)
"""Beyond it nobody means a limit: amounts that are not answered may be as large as they can be written."""

Label = Callable[[str, str], str]
"""The label of a code: ``label("countries", "MD")`` is ``"Moldova"``."""
TypeOf = Callable[[Condition], Type]
"""The type the static check found for a condition of a template."""


SentenceValues: TypeAlias = Callable[[], Iterable[tuple[str, SentenceValue]]]
"""Gives the expressions of a sentence as they are written, each with its value for programs."""


def fill(template: Template, names: ProposalNames, type_of: TypeOf, label: Label) -> tuple[str, SentenceValues]:
    """The sentence of a template where its names have these values, and what gives the values."""
    pieces = []
    values: list[tuple[str, Value, Type]] = []
    for part in template.parts:
        if isinstance(part, str):
            pieces.append(part)
        else:
            value, kind = names.value(part.tree), type_of(part)
            pieces.append(_in_sentence(value, kind, label, "".join(pieces)))
            tests = choices_in(part)
            values += [(text, names.value(test), ANY) for text, test in tests] or [(part.text, value, kind)]
    return "".join(pieces), lambda: [(text, plain_value(value, kind, label)) for text, value, kind in values]


def choices_in(part: Condition) -> tuple[tuple[str, tree.Expression], ...]:
    """The conditions by which a placeholder chooses between texts of its rule, each with its text; none if it does not.

    Which text it is follows from them; the text itself is no value of the proposal.
    """
    waiting: list[tree.Expression] = [part.tree]
    tests: list[tuple[str, tree.Expression]] = []
    chooses = False
    while waiting:
        match waiting.pop(0):
            case tree.If(test, then, otherwise):
                tests.append((part.text[test.span.start : test.span.end], test))
                waiting += [then, otherwise]
            case tree.Text():
                chooses = True
    return tuple(tests) if chooses else ()


def plain_value(value: Value, kind: Type, label: Label) -> SentenceValue:
    """A value as JSON has it: for programs that write it in their own way. What JSON does not have is in words."""
    match value:
        case None | bool() | Unanswered():
            return None if isinstance(value, Unanswered) else value
        case str():
            return value
        case Decimal():
            return plain_money(value) if isinstance(kind, NumberType) and kind.unit == "EUR" else plain_number(value)
        case Date(year, month, day):
            return f"{year:04}-{month:02}-{day:02}"
        case Record():
            return _record(value)
        case list():
            item = kind.item if isinstance(kind, ListType) else ANY
            plain = (plain_value(one, item, label) for one in value)
            return tuple(", ".join(map(str, one)) if isinstance(one, tuple) else one for one in plain)
        case _:
            # A report asks for it where the caller's own decimal context holds.
            with localcontext(ARITHMETIC):
                return write_value(value, kind, label)


def plain_number(number: Decimal) -> str:
    """A number as text, without zeros at its end and without an exponent."""
    text = f"{number:f}"
    return text.rstrip("0").removesuffix(".") if "." in text else text


def _in_sentence(value: Value, kind: Type, label: Label, before: str) -> str:
    """A value as it stands in a sentence, after these words: for an answer that is missing stands which one it is."""
    if isinstance(value, list):
        value = [_unknown(item, "") or item for item in value]
    written = write_value(value, kind, label)
    return written if written != NOT_ANSWERED else _unknown(value, before) or written


def _unknown(value: Value, before: str) -> str:
    """Who has no name yet: ``the lead applicant``, ``no. 2``; other answers by their names. Empty for other values."""
    if not isinstance(value, Unanswered) or len(value.paths) != 1:
        return ""
    (pointer,) = value.paths
    *_, owner, last = ["", *pointer.split("/")]
    if last in _NAMES and is_position(owner):
        return f"no. {int(owner) + 1}"
    if last in _NAMES and owner == "lead":
        return "the lead applicant"
    words = field_in_words(pointer).rpartition(", ")[2]
    words = "not answered" if before.rstrip(" :").casefold().endswith(words.casefold()) else f"{words} not answered"
    return words if before.count("(") > before.count(")") else f"({words})"


def write_value(value: Value, kind: Type, label: Label) -> str:
    """A value as people write it, by its type."""
    match value:
        case Unanswered():
            return _unanswered(value, kind, label)
        case None:
            return NO_VALUE
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return _number(value, kind.unit if isinstance(kind, NumberType) else None)
        case str():
            # A line break in a value would end the sentence it stands in.
            text = " ".join(value.split())
            return label(kind.code_list, value) if isinstance(kind, TextType) and kind.code_list else text
        case Date() | Time() | DateTime() | MonthsDuration() | DaysDuration():
            return temporal_in_words(value)
        case Record():
            return _record(value)
        case Range():
            return _range(value, kind.item if isinstance(kind, RangeType) else ANY, label)
        case dict():
            known = members(kind) or {}
            entries = (f"{name}: {write_value(entry, known.get(name, ANY), label)}" for name, entry in value.items())
            return "; ".join(entries) or "none"
        case list():
            if value and all(isinstance(item, Record) for item in value):
                return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}"
            return _listing(
                [write_value(item, kind.item if isinstance(kind, ListType) else ANY, label) for item in value]
            )
        case _:
            return A_FUNCTION


def _unanswered(value: Unanswered, kind: Type, label: Label) -> str:
    """What is certain of a missing answer: ``at least EUR 10.00``, ``2024-02-29 or later``, ``Mali or Fiji``."""
    match value.knows:
        case Bounds(Decimal() as low, Decimal() as high):
            least = f"at least {write_value(low, kind, label)}" if low > 0 else ""
            most = f"at most {write_value(high, kind, label)}" if high < ANY_AMOUNT else ""
            return " and ".join(part for part in (least, most) if part) or NOT_ANSWERED
        case Bounds(Date() as low):
            return f"{write_value(low, kind, label)} or later"
        case OneOf(values) if not any(isinstance(one, Unanswered) for one in values):
            return " or ".join(dict.fromkeys(write_value(one, kind, label) for one in values))
        case Items(items) if items:
            return f"{write_value(list(items), kind, label)} and perhaps more"
    return NOT_ANSWERED


def _range(value: Range, item: Type, label: Label) -> str:
    """A range by its ends: ``1 to 3``, ``more than 1 and at most 3``, ``at least 10``."""
    low, high = write_value(value.low, item, label), write_value(value.high, item, label)
    if value.op in ("=", "!="):
        return low if value.op == "=" else f"anything but {low}"
    if value.op is None and value.low_closed and value.high_closed:
        return f"{low} to {high}"
    above, below = ("at least" if value.low_closed else "more than"), ("at most" if value.high_closed else "less than")
    ends = [f"{above} {low}"] if value.op is None or value.low is not None else []
    ends += [f"{below} {high}"] if value.op is None or value.high is not None else []
    return " and ".join(ends)


def _number(number: Decimal, unit: str | None) -> str:
    if unit == "EUR":
        return format_money(number)
    return format_months(number) if unit == "months" else f"{number.normalize():f}"


def _record(record: Record) -> str:
    """A record by its name, title or identifier."""
    names = (record.values.get(key) for key in ("name", "title", "id"))
    texts = (" ".join(name.split()) for name in names if isinstance(name, str))
    return next((text for text in texts if text), record.type.name)


def _listing(words: list[str]) -> str:
    if not words:
        return "none"
    if len(words) > LONGEST_LIST:
        return ", ".join(words[:LONGEST_LIST]) + f" and {len(words) - LONGEST_LIST} more"
    if len(words) == 1:
        return words[0]
    return ", ".join(words[:-1]) + " and " + words[-1]


WORDS = {
    "lead": "lead applicant",
    "co_applicants": "co-applicant",
    "lines": "line",
    "contributions": "co-financing source",
    "documents": "document",
    "activities": "activity",
    "target_countries": "target country",
    "pic": "PIC",
    "id": "identifier",
    "non_profit": "non-profit basis",
    "legal_person": "legal personality",
    "no_exclusion_situation": "declaration on exclusion situations",
    "no_double_funding": "declaration on double funding",
    "not_started": "declaration on the start of the work",
    "held": "consultation of the MPF",
}
NAMED_ALONE = frozenset({"contributions", "no_exclusion_situation", "no_double_funding", "not_started", "held"})
"""Fields whose name says by itself which part of the proposal they are in."""
MANY = 6
MOST_KNOWN = 4096
"""The proposals of a batch have mostly the same fields, and so the same pointers."""
LONG = 100
"""Nobody's field has a longer pointer, so that what is remembered stays small whatever a file holds."""


def field_in_words(pointer: str) -> str:
    """A JSON Pointer in words; a parameter of the call (``@name``) by its name."""
    return _known_words(pointer) if len(pointer) < LONG else _words(pointer)


def _words(pointer: str) -> str:
    if pointer.startswith("@"):
        return pointer[1:].replace("_", " ")
    words: list[str] = []
    for token in pointer.split("/")[1:]:
        if token in NAMED_ALONE:
            words = []
        if is_position(token) and words:
            words[-1] += f" {int(token) + 1}"
        else:
            words.append(WORDS.get(token, token.replace("_", " ")))
    last = pointer.rsplit("/", 1)[-1]
    if last in {"co_applicants", "lines", "contributions", "documents"}:
        words[-1] += "s"
    elif last in {"activities", "target_countries"}:
        words[-1] = last.replace("_", " ")
    return ", ".join(words)


_known_words = lru_cache(MOST_KNOWN)(_words)


def lengths_in_words(bounds: Mapping[str, int]) -> str:
    """Lists, by their pointers, each with the most items that it was looked at with."""
    return ", ".join(f"{field_in_words(one).replace(', ', ' ')} ({most})" for one, most in sorted(bounds.items()))


def in_order(pointers: Iterable[str]) -> tuple[str, ...]:
    """JSON Pointers in the order a person reads them: list items by number."""
    return tuple(sorted(pointers, key=_known_orders.__getitem__))


def change_in_words(change: Change) -> str:
    """A change of an answer, in words; a report that was read back has the values as they stand in a proposal."""
    old, new = change.old_in_words or str(change.old), change.new_in_words or str(change.new)
    words = field_in_words(change.pointer)
    return f"{words[:1].upper()}{words[1:]}: {new} instead of {old}"


def missing_in_words(pointers: Iterable[str], unfinished: frozenset[str] = frozenset()) -> str:
    """The answers something waits for, in words; of the lists among them that are ``unfinished`` that is said."""
    words = [
        field_in_words(pointer) + (" (this list may not be finished)" if pointer in unfinished else "")
        for pointer in in_order(pointers)
    ]
    if len(words) > MANY:
        return "; ".join(words[:MANY]) + f"; and {len(words) - MANY} more"
    return "; ".join(words)


def _reading_order(pointer: str) -> str:
    """A text that sorts where people read the field: texts are compared much faster than numbers and names."""
    tokens = (f"0{int(token):020}" if is_position(token) else f"1{token}" for token in pointer.split("/"))
    return "\0".join(tokens)


class _KnownOrders(dict[str, str]):
    """What pointers are sorted by, by pointer."""

    def __missing__(self, pointer: str) -> str:
        order = _reading_order(pointer)
        if len(pointer) < LONG and len(self) < MOST_KNOWN:
            self[pointer] = order
        return order


_known_orders = _KnownOrders()
