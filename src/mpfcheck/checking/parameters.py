"""Changed parameters: a call's numbers set to other values for a what-if."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from mpfcheck.calls.call import Call, Parameter, ParameterValue

__all__ = ["ParameterError", "read_parameters", "write_parameter"]


class ParameterError(ValueError):
    """A parameter the call does not have, or a value it cannot take; the message says which and what to do."""


def read_parameters(call: Call, given: Mapping[str, object]) -> dict[str, ParameterValue]:
    """The values a call's parameters are set to, read from text where they come from a command line.

    Raises :class:`ParameterError` for an unknown name or a value of another kind; floats are refused: money is exact.
    """
    return {name: _possible(_find(call, name), value) for name, value in given.items()}


def write_parameter(value: ParameterValue) -> str:
    """A parameter's value as a report writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _find(call: Call, name: str) -> Parameter:
    if name in call.parameters:
        return call.parameters[name]
    import difflib

    near = difflib.get_close_matches(name, call.parameters, 1)
    hint = f"Did you mean {near[0]}?" if near else f"It has: {', '.join(sorted(call.parameters))}."
    raise ParameterError(f"The call {call.id} has no parameter {name}. {hint}")


def _possible(parameter: Parameter, given: object) -> ParameterValue:
    """The value, unless no amount, length or share can be so."""
    value = _read(parameter, given)
    if isinstance(value, Decimal) and parameter.unit is not None and value < 0:
        raise ParameterError(f"{parameter.name} cannot be negative.")
    if isinstance(value, Decimal) and parameter.unit == "share" and value > 1:
        raise ParameterError(f"{parameter.name} is a share of 1: write 0.95 for 95 %, not {value:f}.")
    return value


def _read(parameter: Parameter, value: object) -> ParameterValue:
    kind = type(parameter.values[-1].value)
    if isinstance(value, kind) and (kind is bool) == isinstance(value, bool):
        return value
    if kind is Decimal and isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str):
        read = _from_text(kind, value.strip())
        if read is not None:
            return read
    expected = {Decimal: "a number such as 0.9 or 200000.00", bool: "true or false", date: "a date such as 2023-12-07"}
    raise ParameterError(f"{parameter.name} cannot be {value!r}: write {expected.get(kind, 'a text')}.")


def _from_text(kind: type, text: str) -> ParameterValue | None:
    if kind is str:
        return text
    if kind is bool:
        return {"true": True, "false": False}.get(text.lower())
    try:
        if kind is date:
            return date.fromisoformat(text)
        number = Decimal(text)
    except (ValueError, InvalidOperation):
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= 30 else None
