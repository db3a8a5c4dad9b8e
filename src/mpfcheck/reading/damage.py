"""A stream that cannot be read to its end, though the system would let it."""

from __future__ import annotations

from mpfcheck.checking.report import Problem

__all__ = ["DamagedError"]


class DamagedError(Exception):
    """Nothing more can be read; what was read before is good. ``problem`` says why, for people."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem
