"""What fields, codes, numbers and moments are called in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias

from mpfcheck.language.tree import Boolean, Expression, Filter, Name, Path, Temporal, Text

__all__ = [
    "OF_ONE",
    "OPERATIONS",
    "OPPOSITE",
    "RELATIONS",
    "RELATIONS_IN_TIME",
    "ROUNDED",
    "VERBS",
    "Labels",
    "Naming",
    "Scope",
    "is_duration",
    "moment_in_words",
    "number_in_words",
]

Labels: TypeAlias = Callable[[str, str | None], str | None]
"""``labels("lead.country", None)`` is what a field or name is called, with its article ("the lead's country");
``labels("lead.kind", "ngo")`` what a code is called where it is compared with that field. None leaves it to the words
here."""

Scope: TypeAlias = Mapping[str, tuple[str, str]]
"""Of the variables inside a condition: what they are called, and the dotted path of what they stand for."""

OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
RELATIONS = {
    "=": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
}
RELATIONS_IN_TIME = {
    **RELATIONS,
    "<": "is before",
    "<=": "is not after",
    ">": "is after",
    ">=": "is not before",
}
OPERATIONS = {"+": "plus", "-": "minus", "*": "times", "/": "divided by", "**": "to the power of"}
OF_ONE = {
    "abs": "the size of {}",
    "count": "the number of {}",
    "digits": "the digits of {}",
    "distinct values": "the different ones among {}",
    "lower case": "{} in small letters",
    "max": "the largest of {}",
    "mean": "the average of {}",
    "median": "the median of {}",
    "min": "the smallest of {}",
    "plain name": "{} as it is compared",
    "string length": "the number of characters of {}",
    "sum": "the sum of {}",
    "upper case": "{} in capitals",
}
ROUNDED = {
    "decimal": "{} rounded to {}",
    "round up": "{} rounded up to {}",
    "round down": "{} rounded down to {}",
    "round half up": "{} rounded to {}",
    "round half down": "{} rounded (half down) to {}",
}
VERBS = {
    "list contains": ("holds", "does not hold"),
    "contains": ("contains", "does not contain"),
    "starts with": ("starts with", "does not start with"),
    "ends with": ("ends with", "does not end with"),
}


class Naming:
    """What is called how, by the labels the caller knows."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def literal(self, tree: Expression, compared_with: Expression | None, scope: Scope) -> str | None:
        """A text, date or yes and no; what a code is called is told by the field it is compared with."""
        match tree:
            case Text(value):
                path = self.dotted(compared_with, scope) if compared_with is not None else ""
                label = self._labels(path, value) if path else None
                return label if label is not None else f'"{value}"'
            case Boolean(value):
                return "yes" if value else "no"
            case Temporal(text):
                return moment_in_words(text)
        return None

    def label(self, tree: Name | Path) -> str | None:
        """What the caller calls a field or name."""
        path = self.dotted(tree, {})
        return self._labels(path, None) if path else None

    def dotted(self, tree: Expression, scope: Scope) -> str:
        """The dotted path of a field, through the variables that stand for part of one; empty for anything else."""
        match tree:
            case Name(name):
                if name in scope:
                    return scope[name][1]
                return f"{scope[''][1]}.{name}" if scope.get("", ("", ""))[1] else name
            case Path(base, name):
                owner = self.dotted(base, scope)
                return f"{owner}.{name}" if owner else ""
            case Filter(base, _):
                return self.dotted(base, scope)
        return ""


def number_in_words(value: Decimal) -> str:
    """With a blank between thousands: 200 000.00."""
    return f"{value:,f}".replace(",", " ")


def moment_in_words(text: str) -> str:
    """A date as it is; a duration of whole months, years or days in words."""
    count, unit = text[1:-1], {"M": "month", "Y": "year", "D": "day"}.get(text[-1:])
    if text.startswith("P") and count.isdecimal() and unit is not None:
        return f"{count} {unit}{'s' if count != '1' else ''}"
    return text


def is_duration(tree: Temporal) -> bool:
    """Whether it is a length of time and no point in it."""
    return tree.text.lstrip("-").startswith("P")
