"""What is not as the call has it: parameters set to other values for a what-if, and a choice of its rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Final

from mpfcheck.nearest import did_you_mean
from mpfcheck.packs.call import Call, Parameter, ParameterValue
from mpfcheck.packs.entries import read_day
from mpfcheck.packs.rule import Rule
from mpfcheck.proposal.values import floating, kind_of, shown

__all__ = [
    "ParameterError",
    "UnknownRuleError",
    "choose",
    "known_parameter",
    "known_rule",
    "read_parameters",
    "write_parameter",
]


# Compiled when first needed: few runs change a parameter.
_PLAIN: Final = r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?"
_GROUPED: Final = r"[1-9][0-9]{0,2}(?:([., '\u2019])[0-9]{3})(?:\1[0-9]{3})*"
_NOT_DIGITS: Final = r"[^0-9]"
_PERCENT: Final = r"([0-9]+(?:[.,][0-9]+)?) ?%"
_WITH_UNIT: Final = r"(?P<before>[^0-9+-]*)(?P<number>[0-9](?:[0-9., '\u00a0\u202f\u2019]*[0-9])?)(?P<after>[^0-9]*)"


class ParameterError(ValueError):
    """A parameter the call does not have, or a value it cannot take; the message says which and what to do."""


def read_parameters(call: Call, given: Mapping[str, object]) -> dict[str, ParameterValue]:
    """The values a call's parameters are set to, read from text where they come from a command line.

    Raises :class:`ParameterError` for an unknown name or a value of another kind; floats are refused: money is exact.
    Raises TypeError where ``given`` is not a mapping of names to values.
    """
    if not isinstance(given, Mapping):
        raise TypeError(f'Give parameters as a dict, such as {{"name": value}}, not {kind_of(given)}.')
    return {name: _possible(known_parameter(name, call), value) for name, value in given.items()}


def write_parameter(value: ParameterValue) -> str:
    """A parameter's value as a report writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _possible(parameter: Parameter, given: object) -> ParameterValue:
    """The value, unless no amount, length or share can be so."""
    value = _read(parameter, given)
    if isinstance(value, Decimal) and parameter.unit is not None and value < 0:
        raise ParameterError(f"{parameter.name} cannot be negative.")
    if isinstance(value, Decimal) and parameter.unit == "share" and value > 1:
        raise ParameterError(f"{parameter.name} is a share of 1. Write 0.95 for 95 %, not {value:f}.")
    return value


def _read(parameter: Parameter, given: object) -> ParameterValue:
    kind = type(parameter.values[-1].value)
    value = given.value if isinstance(given, Enum) else given
    if isinstance(value, float):
        unfit = floating(value)
        raise ParameterError(f"{parameter.name}: {unfit.message} {unfit.hint}")
    if kind is Decimal and isinstance(value, int | Decimal) and not isinstance(value, bool):
        if _is_moderate(number := Decimal(value)):
            return number
    elif isinstance(value, str):
        read = _from_text(kind, str.__str__(value).strip())
        if read is not None:
            return read
    elif isinstance(value, kind) and not isinstance(value, datetime):
        return value
    expected = {
        Decimal: f"a number such as {_example(parameter)}",
        bool: "true or false",
        date: "a date such as 2023-12-07",
    }
    hint = f"Write {expected.get(kind, 'text')}."
    if kind is Decimal and isinstance(value, str):
        hint = _readings(value, parameter) or hint
    raise ParameterError(f"{parameter.name} cannot be {kind_of(value)}. {hint}")


def _example(parameter: Parameter) -> str:
    return {"EUR": "200000.00", "months": "18", "share": "0.9"}.get(parameter.unit or "", "0.9 or 200000.00")


def _readings(text: str, parameter: Parameter) -> str:
    """What a number may mean that is not written as this program reads numbers; empty where nothing can be told."""
    text = text.strip()
    if percent := re.fullmatch(_PERCENT, text):
        share = Decimal(percent[1].replace(",", ".")) / 100
        return f"Write the share as a number: {share.normalize():f}." if parameter.unit == "share" else ""
    if text[:1] in (".", ",") and text[1:].isdecimal():
        return f"Did you mean 0.{text[1:]}?"
    if not (found := re.fullmatch(_WITH_UNIT, text)):
        return ""
    number = " ".join(found["number"].split())
    ways = _ways(number)
    unit = (found["before"] + found["after"]).strip()
    if unit:
        hint = f"Write the number alone, without {shown(unit)}"
        counted = {"share": "a share of 1"}.get(parameter.unit or "", f"in {parameter.unit}")
        return f"{hint}: {parameter.name} is {counted}." if parameter.unit else f"{hint}."
    if len(ways) > 1:
        # Written with three decimals, it could be taken for the other again.
        return f"It can mean {Decimal(ways[0]).normalize():f} or {ways[1]}. Write the number that you mean."
    return f"Did you mean {ways[0]}?" if ways else ""


def _ways(number: str) -> list[str]:
    """The plain numbers that a number with points, commas, blanks or apostrophes in it can mean."""
    whole, mark, last = number.rpartition(max(".,", key=number.rfind)) if set(number) & set(".,") else (number, "", "")
    ways = []
    if mark and (whole.isdecimal() or (mark not in whole and re.fullmatch(_GROUPED, whole))):
        ways.append(f"{re.sub(_NOT_DIGITS, '', whole)}.{last}")
    if re.fullmatch(_GROUPED, number):
        ways.append(re.sub(_NOT_DIGITS, "", number))
    return ways


def _from_text(kind: type, text: str) -> ParameterValue | None:
    if kind is str:
        return text
    if kind is bool:
        return {"true": True, "false": False}.get(text.lower())
    try:
        if kind is date:
            return read_day(text)
    except ValueError:
        return None
    if not re.fullmatch(_PLAIN, text) or len(_ways(text.lstrip("+-"))) > 1:
        return None
    number = Decimal(text)
    return number if _is_moderate(number) else None


def _is_moderate(number: Decimal) -> bool:
    """Whether it is a number, and of a size that arithmetic with money keeps exact."""
    return number.is_finite() and abs(number.adjusted()) <= 30


class UnknownRuleError(LookupError):
    """A rule the call does not have; the message names the one most like it."""

    def __init__(self, rule_id: str, call_id: str, known: Sequence[str]) -> None:
        self.rule_id = rule_id
        self.call_id = call_id
        self.known = tuple(known)
        hint = did_you_mean(rule_id, known, otherwise="The rules are")
        super().__init__(f"The call {call_id} has no rule {shown(rule_id)}. {hint}")

    def __reduce__(self) -> tuple[type[UnknownRuleError], tuple[str, str, tuple[str, ...]]]:
        return type(self), (self.rule_id, self.call_id, self.known)


def choose(call: Call, chosen: Iterable[str]) -> Call:
    """The call with these rules only, in its own order; the call itself where all of them are chosen.

    Raises :class:`UnknownRuleError`, TypeError for an id that is not a text, and ParameterError where none is chosen:
    nothing would be checked.
    """
    ids = {known_rule(rule_id, call).id for rule_id in chosen}
    if not ids:
        raise ParameterError("Choose at least one rule. Without a rule, nothing is checked.")
    if len(ids) == len(call.rules):
        return call
    rules: tuple[Rule, ...] = tuple(rule for rule in call.rules if rule.id in ids)
    return Call(**{**vars(call), "rules": rules})


def known_rule(rule_id: object, call: Call) -> Rule:
    """The rule of a call with this id; raises :class:`UnknownRuleError`, and TypeError for an id that is not a text."""
    if not isinstance(rule_id, str):
        raise TypeError(f"A rule id must be text, not {kind_of(rule_id)}.")
    try:
        return call.rule(rule_id)
    except KeyError:
        raise UnknownRuleError(rule_id, call.id, [rule.id for rule in call.rules]) from None


def known_parameter(name: object, call: Call) -> Parameter:
    """The parameter of a call with this name; raises ParameterError, and TypeError for a name that is not a text."""
    if not isinstance(name, str):
        raise TypeError(f"The name of a parameter must be text, not {kind_of(name)}.")
    if name in call.parameters:
        return call.parameters[name]
    hint = did_you_mean(name, sorted(call.parameters), "", otherwise="The parameters are")
    raise ParameterError(f"The call {call.id} has no parameter {shown(name)}. {hint}")
