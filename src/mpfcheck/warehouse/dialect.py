"""The two dialects of SQL that the rules are written in, and what each of their functions makes of NULL.

NULL stands for an answer that is not there. Every function that is emitted is named in :data:`NULL_LAWS` with what it
makes of NULL: engines differ from the rule language here more than anywhere, and a list function that skips NULL, or
takes an unanswered list for an empty one, gives a wrong verdict without any error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from mpfcheck.frozen import Frozen

__all__ = ["DIALECTS", "DUCKDB", "NULL_LAWS", "SPARK", "Dialect"]

NULL_LAWS: Mapping[str, str] = {
    "AND": "false if a part is false, else NULL if a part is NULL: as the rule language",
    "OR": "true if a part is true, else NULL if a part is NULL: as the rule language",
    "NOT": "NULL of NULL: as the rule language",
    "= <> < <= > >=": "NULL if a side is NULL; a number that is not answered still has its limits (0 to 15 digits)",
    "IN (constants)": "NULL of NULL; the constants are never NULL",
    "+ - *": "NULL if a side is NULL",
    "CASE": "takes NULL for false, so every CASE here tests for true and for false and leaves the rest",
    "COALESCE": "used for lists that count as empty where absent, and for limits; evaluates no more than it needs",
    "length of a list": "NULL of NULL; NULL items count",
    "whether a list is complete": "false where an item is NULL, NULL of NULL",
    "number of items that are known": "counts items that are not NULL; NULL of NULL",
    "map over a list": "NULL of NULL; NULL items are given to the body",
    "filter of a list": "drops an item of which the condition is NULL, so it is asked for only where none is",
    "greatest of a list": "skips NULL items and gives NULL of an empty list, so the codes are never NULL",
    "sum of a list": "skips NULL items, so it is the least where there are any; NULL of an empty list",
    "concatenation of lists": "DuckDB takes a NULL list for an empty one, so it is asked for only where none is NULL",
    "item of a list": "NULL beyond the ends, so it is asked for only at positions that are there",
    "count from one number to another": "nothing, if an end is NULL",
    "member of a record": "NULL of NULL: each part of a record that is not answered is not answered",
    "CAST": "NULL of NULL; used only for values that fit",
    "CAST of a truth value": "1, 0, or NULL of NULL: how a condition becomes a code without being evaluated twice",
    "TRY_CAST": "NULL of NULL, and of a value that does not fit: the row is then left to the Python engine",
    "ABS, ROUND": "NULL of NULL",
    "date + days, date + months": "NULL if a side is NULL",
    "text functions": "NULL of NULL, and of a text beyond the letters they know: left to the Python engine",
}


class Dialect(Frozen):
    """How one engine writes what the walk says; all functions take and give SQL text."""

    name: str
    identifier: Callable[[str], str]
    text: Callable[[str], str]
    """A text literal."""
    array: Callable[[str], str]
    """The literal of a list, from its items."""
    array_type: Callable[[str], str]
    text_type: str
    each: Callable[[str, str, str], str]
    """``each(list, variable, body)``: the body of every item."""
    keep: Callable[[str, str, str], str]
    """``keep(list, variable, condition)``: the items of which the condition is true."""
    greatest: Callable[[str], str]
    length: Callable[[str], str]
    known: Callable[[str], str]
    """How many items of a list are not NULL."""
    complete: Callable[[str], str]
    """Whether no item of a list is NULL."""
    item: Callable[[str, str], str]
    """``item(list, position)``: the item at a position from 1."""
    total: Callable[[str, str], str]
    """``total(list, type)``: the sum of the items that are not NULL, NULL of an empty list or where it does not fit."""
    joined: Callable[[list[str]], str]
    """Lists one after the other."""
    count_up: Callable[[str, str, str], str]
    """``count_up(first, last, going)``: the whole numbers from one to another, none or NULL where it is not going."""
    plus_days: Callable[[str, int], str]
    plus_months: Callable[[str, str], str]
    matches: Callable[[str, str], str]
    """``matches(text, pattern)``: whether a regular expression, one both engines read alike, fits a whole text."""
    finds: Callable[[str, str], str]
    """``finds(text, pattern)``: whether such a regular expression fits some part of a text; $ is only at its end."""
    replaced: Callable[[str, str, str], str]
    """``replaced(text, pattern, by)``: every match of a simple pattern replaced."""
    among: Callable[[str, list[str]], str]
    """``among(value, constants)``: whether a value is one of these constants, at least one."""
    contains: Callable[[str, str], str]
    starts: Callable[[str, str], str]
    ends: Callable[[str, str], str]

    def coded(self, condition: str, true: int, false: int, unknown: str) -> str:
        """A number for each of the three truth values; the condition is evaluated once, as it is not by CASE."""
        return f"COALESCE({false} + {true - false} * CAST({condition} AS INTEGER), {unknown})"


FEW_CONSTANTS: Final = 4

_END = r"\z"
"""The end of a text in a regular expression of Java, for which $ also stands before a last line break."""


def _in(value: str, items: list[str]) -> str:
    return f"({value} IN ({', '.join(items)}))"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _spark_text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


DUCKDB = Dialect(
    name="duckdb",
    identifier=lambda name: '"' + name.replace('"', '""') + '"',
    text=_quoted,
    array=lambda items: f"[{items}]",
    array_type=lambda item: f"{item}[]",
    text_type="VARCHAR",
    each=lambda values, variable, body: f"list_transform({values}, lambda {variable}: {body})",
    keep=lambda values, variable, condition: f"list_filter({values}, lambda {variable}: {condition})",
    greatest=lambda values: f"list_max({values})",
    length=lambda values: f"len({values})",
    known=lambda values: f"list_count({values})",
    complete=lambda values: f"len({values}) = list_count({values})",
    item=lambda values, position: f"list_extract({values}, {position})",
    total=lambda values, kind: f"TRY_CAST(list_sum({values}) AS {kind})",
    joined=lambda lists: f"list_concat({', '.join(lists)})",
    # A list in a branch of CASE is copied, so the end is in one.
    count_up=lambda first, last, going: f"generate_series({first}, CASE WHEN {going} THEN {last} ELSE {first} - 1 END)",
    plus_days=lambda day, days: f"({day} + {days})",
    plus_months=lambda day, months: f"CAST({day} + to_months(CAST({months} AS INTEGER)) AS DATE)",
    matches=lambda text, pattern: f"regexp_full_match({text}, {_quoted(pattern)})",
    finds=lambda text, pattern: f"regexp_matches({text}, {_quoted(pattern)})",
    replaced=lambda text, pattern, by: f"regexp_replace({text}, {_quoted(pattern)}, {_quoted(by)}, 'g')",
    # Much quicker than IN, which looks for one constant after the other.
    among=lambda value, items: (
        f"list_contains([{', '.join(items)}], {value})" if len(items) > FEW_CONSTANTS else _in(value, items)
    ),
    contains=lambda text, part: f"contains({text}, {part})",
    starts=lambda text, part: f"starts_with({text}, {part})",
    ends=lambda text, part: f"ends_with({text}, {part})",
)

SPARK = Dialect(
    name="spark",
    identifier=lambda name: "`" + name.replace("`", "``") + "`",
    text=_spark_text,
    array=lambda items: f"array({items})",
    array_type=lambda item: f"ARRAY<{item}>",
    text_type="STRING",
    each=lambda values, variable, body: f"transform({values}, {variable} -> {body})",
    keep=lambda values, variable, condition: f"filter({values}, {variable} -> {condition})",
    greatest=lambda values: f"array_max({values})",
    length=lambda values: f"size({values})",
    known=lambda values: f"size(filter({values}, one -> one IS NOT NULL))",
    complete=lambda values: f"forall({values}, one -> one IS NOT NULL)",
    item=lambda values, position: f"element_at({values}, CAST({position} AS INT))",
    total=lambda values, kind: (
        f"(CASE WHEN size({values}) > 0 THEN TRY_CAST(aggregate({values}, CAST(0 AS {kind}), "
        f"(total, item) -> CAST(total + COALESCE(item, 0) AS {kind})) AS {kind}) END)"
    ),
    joined=lambda lists: f"concat({', '.join(lists)})",
    count_up=lambda first, last, going: f"(CASE WHEN {going} THEN sequence({first}, {last}) END)",
    plus_days=lambda day, days: f"date_add({day}, {days})",
    plus_months=lambda day, months: f"add_months({day}, CAST({months} AS INT))",
    matches=lambda text, pattern: f"({text} RLIKE {_spark_text(f'^({pattern}){_END}')})",
    finds=lambda text, pattern: f"({text} RLIKE {_spark_text(re.sub('[$]$', lambda _: _END, pattern))})",
    replaced=lambda text, pattern, by: f"regexp_replace({text}, {_spark_text(pattern)}, {_spark_text(by)})",
    among=lambda value, items: _in(value, items),
    contains=lambda text, part: f"contains({text}, {part})",
    starts=lambda text, part: f"startswith({text}, {part})",
    ends=lambda text, part: f"endswith({text}, {part})",
)

DIALECTS: Mapping[str, Dialect] = {dialect.name: dialect for dialect in (DUCKDB, SPARK)}
