"""Numeric functions: rounding, modulo, roots and powers."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from mpfcheck.feel.evaluate.builtins.builtin import Family
from mpfcheck.feel.limits import Run
from mpfcheck.feel.values.value import ARITHMETIC, Value

__all__ = [
    "NUMBERS",
    "rounded",
]

NUMBERS = Family()
_SMALLEST_SCALE, _LARGEST_SCALE = -6111, 6176


def rounded(number: Decimal, scale: Decimal, mode: str) -> Decimal | None:
    """The number with that many decimal places (a fraction of a place is dropped); null beyond decimal128's scales."""
    places = int(scale)
    if not _SMALLEST_SCALE <= places <= _LARGEST_SCALE:
        return None
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - no number here is infinite
    if -exponent <= places:
        return number
    if number.adjusted() < -places - 1:
        # Far less than half a unit of the last place: only the direction matters, and quantize would still cope.
        number = Decimal((number.is_signed(), (1,), -places - 2)) if number else number
    return number.quantize(Decimal((0, (1,), -places)), rounding=mode, context=ARITHMETIC)


def _register(name: str, mode: str, *, scale_optional: bool = False) -> None:
    @NUMBERS.add(name, "n: number", "scale: number?" if scale_optional else "scale: number")
    def rounding(_run: Run, number: Decimal, scale: Decimal = Decimal(0)) -> Value:
        return rounded(number, scale, mode)


_register("decimal", ROUND_HALF_EVEN)
_register("floor", ROUND_FLOOR, scale_optional=True)
_register("ceiling", ROUND_CEILING, scale_optional=True)
_register("round up", ROUND_UP)
_register("round down", ROUND_DOWN)
_register("round half up", ROUND_HALF_UP)
_register("round half down", ROUND_HALF_DOWN)


@NUMBERS.add("modulo", "dividend: number", "divisor: number")
def modulo(_run: Run, dividend: Decimal, divisor: Decimal) -> Value:
    """``dividend - divisor * floor(dividend / divisor)``: the sign is the divisor's; null for a divisor of 0."""
    if not divisor:
        return None
    rest = ARITHMETIC.remainder(dividend, divisor)
    return ARITHMETIC.add(rest, divisor) if rest and rest.is_signed() != divisor.is_signed() else rest


@NUMBERS.add("sqrt", "number: number")
def square_root(_run: Run, number: Decimal) -> Value:
    """The square root; null of a negative number."""
    return ARITHMETIC.sqrt(number) if number >= 0 else None


@NUMBERS.add("log", "number: number")
def logarithm(_run: Run, number: Decimal) -> Value:
    """The natural logarithm; null of zero and below."""
    return ARITHMETIC.ln(number) if number > 0 else None


@NUMBERS.add("exp", "number: number")
def exponential(_run: Run, number: Decimal) -> Value:
    """Euler's number to the power of the number."""
    return ARITHMETIC.exp(number)


@NUMBERS.add("odd", "number: number")
def odd(_run: Run, number: Decimal) -> Value:
    """Whether a number is whole and odd."""
    return ARITHMETIC.remainder(abs(number), Decimal(2)) == 1


@NUMBERS.add("even", "number: number")
def even(_run: Run, number: Decimal) -> Value:
    """Whether a number is whole and even."""
    return ARITHMETIC.remainder(abs(number), Decimal(2)) == 0
