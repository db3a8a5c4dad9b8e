"""The reference evaluator: what an expression means, value by value, with reasons for what it cannot say yet.

A type error, a division by zero or an impossible date is null, never an exception. What is not answered yet is
:class:`~mpfcheck.feel.values.Unanswered` and says which answers it waits for. The law: a result that is there does
not change however absent fields are filled in.
"""

from __future__ import annotations

from collections.abc import Mapping

from mpfcheck.feel import functions, loops, nodes
from mpfcheck.feel.errors import LimitExceeded
from mpfcheck.feel.functions import FunctionValue
from mpfcheck.feel.limits import Limits, Purse, Run
from mpfcheck.feel.scope import EVALUATE, Members, Scope
from mpfcheck.feel.tree import Expression
from mpfcheck.feel.values import Record, Value

__all__ = ["FunctionValue", "Limits", "evaluate"]

_DEFAULT = Limits()
_ROOMS = (functions, loops, nodes)
"""The modules that know how to evaluate which nodes: importing them fills the table."""


def evaluate(
    tree: Expression,
    names: Mapping[str, Value],
    *,
    limits: Limits = _DEFAULT,
    read: set[str] | None = None,
    record: Record | None = None,
    purse: Purse | None = None,
    strict: bool = False,
) -> Value:
    """The value of an expression.

    ``names`` are the names in scope; the declared fields of ``record``, if given, are names too. ``read`` collects the
    JSON Pointers of the answered fields (other than records) that were read; ``purse`` pays for the steps beside the
    limits. Raises :class:`LimitExceeded` when the work is beyond them.

    The standard takes a null for false in a filter, in the condition of ``if`` and where it is compared with a value
    that is there. With ``strict`` it stays null, so that a type error or a division by zero never decides a rule; only
    a comparison with the literal ``null`` still asks for it.
    """
    run = Run(limits, read, purse, strict=strict)
    scope = None if record is None else Scope(Members(record, run), None, run)
    try:
        return EVALUATE[type(tree)](tree, Scope(names, scope, run))
    except RecursionError:
        raise LimitExceeded("the expression calls functions too deeply") from None
