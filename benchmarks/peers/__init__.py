"""The same rules in other engines, as fast as each can be made to run them: all but POT-2, which is about batches."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.peers.cel import CelRules
from benchmarks.peers.plain import plain
from benchmarks.peers.zen import ZenRules

__all__ = ["LEFT_OUT", "peers"]

LEFT_OUT = frozenset({"POT-2"})
"""Rules the comparison with peers does not count: about proposals checked together, and not applicable to one."""


def peers() -> Mapping[str, Callable[[bytes], Mapping[str, str]]]:
    """What each engine says of a complete proposal in JSON, by the engine's name. Compiles the rules."""
    zen, cel = ZenRules(), CelRules()
    return {
        "zen-engine": lambda data: zen(plain(data)),
        "cel-expr-python": lambda data: cel(plain(data)),
    }
