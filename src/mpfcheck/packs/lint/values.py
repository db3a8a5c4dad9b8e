"""Parameters and code lists: days in order, shares that are shares, codes that there are."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from mpfcheck.packs.call import Call, Parameter
from mpfcheck.packs.code_list import CodeList
from mpfcheck.packs.lint.finding import Finding, error, warning
from mpfcheck.packs.mistake import nearest
from mpfcheck.packs.proposal_type import code_types
from mpfcheck.proposal.codes import MISTAKEN_CODES

__all__ = ["code_list_values", "parameter_values"]


def parameter_values(call: Call) -> Iterator[Finding]:
    """Look at the values of the parameters."""
    for parameter in call.parameters.values():
        yield from _order(parameter)
        for dated in parameter.values:
            if parameter.unit == "share" and isinstance(dated.value, Decimal) and not 0 <= dated.value <= 1:
                message = f'"{parameter.name}" is a share of {dated.value}'
                yield error(dated.place, message, "a share lies between 0 and 1: 95 % is written 0.95")
            if parameter.unit == "EUR" and isinstance(dated.value, Decimal) and _decimals(dated.value) > 2:
                message = f'"{parameter.name}" is EUR {dated.value}, with more than two decimals'
                meant = str(dated.value).replace(".", "")
                hint = f"thousands have no point: write {meant} if that is meant; an amount has two decimals at most"
                yield error(dated.place, message, hint)
        if parameter.values and all(dated.since > call.as_of for dated in parameter.values):
            message = f'nothing is known of "{parameter.name}" on {call.as_of}, the day of the call'
            yield warning(parameter.place, message, "rules that need it cannot be decided on that day")


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _order(parameter: Parameter) -> Iterator[Finding]:
    for before, after in pairwise(parameter.values):
        if after.since == before.since:
            message = f'"{parameter.name}" has two values from {after.since}'
            yield error(after.place, message, "keep one of the two")
        elif after.since < before.since:
            message = f'the values of "{parameter.name}" are not in the order of their days'
            yield error(after.place, message, f"{after.since} comes before {before.since}")


def code_list_values(call: Call) -> Iterator[Finding]:
    """Look at the codes of the code lists the call uses, and of those the proposal format uses."""
    for code_list in call.code_lists.values():
        yield from _codes_taken(call, code_list)
    for name, type_ in code_types().items():
        labelled = call.labels.code_list(name)
        if labelled is None or type_.codes is None:
            continue
        known = {member.code for member in labelled.members}
        for member in labelled.members:
            if member.code not in type_.codes:
                message = f'proposals have no code "{member.code}" in "{name}"'
                yield error(member.place, message, nearest(member.code, type_.codes - known))
        for code in sorted(type_.codes - known):
            message = f'the code list "{name}" has no label for "{code}"'
            yield error(labelled.place, message, "proposals may hold this code, and people must be able to read it")


def _codes_taken(call: Call, code_list: CodeList) -> Iterator[Finding]:
    """Find codes that are not in the list they are said to be taken from."""
    base = call.labels.code_list(code_list.of) if code_list.of else None
    if base is None:
        return
    if base.of is not None:
        message = f'the code list "{code_list.id}" is of "{base.id}", whose codes are themselves taken from "{base.of}"'
        yield error(code_list.place, message, f'say "of: {base.of}"')
    known = {member.code for member in base.members}
    for member in (*code_list.members, *code_list.candidates):
        if member.code not in known:
            message = f'"{member.code}" is not in the code list "{base.id}"'
            hint = (
                f"use {MISTAKEN_CODES[member.code]}" if member.code in MISTAKEN_CODES else nearest(member.code, known)
            )
            yield error(member.place, message, hint)
