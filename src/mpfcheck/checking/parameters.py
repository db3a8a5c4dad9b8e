"""Changed parameters: a call's numbers set to other values for a what-if."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum

from mpfcheck.calls.call import Call, Parameter, ParameterValue
from mpfcheck.calls.entries import read_day
from mpfcheck.proposal.money import floating
from mpfcheck.proposal.unfit import kind_of, shown

__all__ = ["ParameterError", "read_parameters", "write_parameter"]


class ParameterError(ValueError):
    """A parameter the call does not have, or a value it cannot take; the message says which and what to do."""


def read_parameters(call: Call, given: Mapping[str, object]) -> dict[str, ParameterValue]:
    """The values a call's parameters are set to, read from text where they come from a command line.

    Raises :class:`ParameterError` for an unknown name or a value of another kind; floats are refused: money is exact.
    Raises TypeError where ``given`` is not a mapping of names to values.
    """
    if not isinstance(given, Mapping):
        raise TypeError(f'Give parameters as a dict, such as {{"name": value}}, not {kind_of(given)}.')
    return {name: _possible(_find(call, name), value) for name, value in given.items()}


def write_parameter(value: ParameterValue) -> str:
    """A parameter's value as a report writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _find(call: Call, name: object) -> Parameter:
    if not isinstance(name, str):
        raise TypeError(f"The name of a parameter is a text, not {kind_of(name)}.")
    if name in call.parameters:
        return call.parameters[name]
    import difflib

    near = difflib.get_close_matches(name, call.parameters, 1)
    hint = f"Did you mean {near[0]}?" if near else f"It has: {', '.join(sorted(call.parameters))}."
    raise ParameterError(f"The call {call.id} has no parameter {shown(name)}. {hint}")


def _possible(parameter: Parameter, given: object) -> ParameterValue:
    """The value, unless no amount, length or share can be so."""
    value = _read(parameter, given)
    if isinstance(value, Decimal) and parameter.unit is not None and value < 0:
        raise ParameterError(f"{parameter.name} cannot be negative.")
    if isinstance(value, Decimal) and parameter.unit == "share" and value > 1:
        raise ParameterError(f"{parameter.name} is a share of 1: write 0.95 for 95 %, not {value:f}.")
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
    expected = {Decimal: "a number such as 0.9 or 200000.00", bool: "true or false", date: "a date such as 2023-12-07"}
    raise ParameterError(f"{parameter.name} cannot be {kind_of(value)}: write {expected.get(kind, 'a text')}.")


def _from_text(kind: type, text: str) -> ParameterValue | None:
    if kind is str:
        return text
    if kind is bool:
        return {"true": True, "false": False}.get(text.lower())
    try:
        if kind is date:
            return read_day(text)
        number = Decimal(text)
    except (ValueError, InvalidOperation):
        return None
    return number if _is_moderate(number) else None


def _is_moderate(number: Decimal) -> bool:
    """Whether it is a number, and of a size that arithmetic with money keeps exact."""
    return number.is_finite() and abs(number.adjusted()) <= 30
