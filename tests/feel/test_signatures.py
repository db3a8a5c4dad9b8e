"""The static signatures and the functions themselves say the same."""

from __future__ import annotations

import pytest

from mpfcheck.feel.check.signatures import SIGNATURES
from mpfcheck.feel.evaluate.builtins.registry import BUILTINS

CLOCKS = {"now", "today"}


def test_every_function_has_a_signature() -> None:
    assert SIGNATURES.keys() - CLOCKS == BUILTINS.keys()


@pytest.mark.parametrize("name", sorted(BUILTINS))
def test_parameters_are_called_the_same(name: str) -> None:
    static = {tuple(parameter.name for parameter in signature.parameters) for signature in SIGNATURES[name]}
    real = {tuple(parameter.name for parameter in overload.parameters) for overload in BUILTINS[name].overloads}
    # A parameter that may be left out may be written as a way of its own to call the function.
    assert static <= {parameters[:count] for parameters in real for count in range(len(parameters) + 1)}
    assert real <= static


@pytest.mark.parametrize("name", sorted(BUILTINS))
def test_takes_as_many_arguments(name: str) -> None:
    signatures, overloads = SIGNATURES[name], BUILTINS[name].overloads
    for count in range(9):
        static = any(each.fewest <= count and (each.most is None or count <= each.most) for each in signatures)
        assert static == any(overload.takes(count) for overload in overloads), count
