"""All built-in functions by name.

Left out of the standard: ``now`` and ``today``, because the core has no clock: the day a rule counts from is an
argument of the check (``as_of``).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mpfcheck.feel.evaluate.builtins.builtin import Builtin
from mpfcheck.feel.evaluate.builtins.contexts import CONTEXTS
from mpfcheck.feel.evaluate.builtins.conversions import CONVERSIONS
from mpfcheck.feel.evaluate.builtins.dates import DATES
from mpfcheck.feel.evaluate.builtins.lists import LISTS
from mpfcheck.feel.evaluate.builtins.logic import LOGIC
from mpfcheck.feel.evaluate.builtins.numbers import NUMBERS
from mpfcheck.feel.evaluate.builtins.partly import LAWS
from mpfcheck.feel.evaluate.builtins.ranges import RANGES
from mpfcheck.feel.evaluate.builtins.statistics import STATISTICS
from mpfcheck.feel.evaluate.builtins.strings import STRINGS

__all__ = [
    "BUILTINS",
]

_FAMILIES = (CONTEXTS, CONVERSIONS, DATES, LISTS, LOGIC, NUMBERS, RANGES, STATISTICS, STRINGS)

BUILTINS: Mapping[str, Builtin] = MappingProxyType(
    {name: builtin for family in _FAMILIES for name, builtin in family.builtins(LAWS).items()}
)
"""The built-in functions of FEEL by their names."""
