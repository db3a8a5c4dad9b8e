"""The end of a report on a run: all proposals together, and the changes since another run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpfcheck.checking.report import PassedOver
from mpfcheck.frozen import Frozen

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.summary import PortfolioSummary
    from mpfcheck.checking.what_if import WhatIfResult
    from mpfcheck.report.comparison import Comparison

__all__ = ["NOTHING_MORE", "InputSeal", "Overview", "RunSummary", "Shown"]


class InputSeal:
    """One checksum of many inputs, whatever their order: SHA-256 of their checksums, sorted, one a line.

    A shell finds the same: ``sha256sum FILE... | cut -d" " -f1 | sort | sha256sum``. Holds 32 bytes an input.
    """

    def __init__(self) -> None:
        """Start without inputs."""
        self._held = bytearray()

    def add(self, sha256: str | None) -> None:
        """Take the checksum of an input; one that could not be read has none."""
        if sha256 is not None:
            self._held += bytes.fromhex(sha256)

    def checksum(self) -> str:
        """The checksum of all."""
        from hashlib import sha256  # a quick start is not to pay for it

        whole = sha256()
        for one in sorted(bytes(self._held[start : start + 32]) for start in range(0, len(self._held), 32)):
            whole.update(f"{one.hex()}\n".encode())
        return whole.hexdigest()


class Shown(Frozen):
    """How many proposals are shown of how many, and by which selection: ``verdict=ineligible country=FR``."""

    proposals: int
    of: int
    only: str


class RunSummary(Frozen):
    """How far a run came: how many inputs it found until its end, what it passed over, and whether it was interrupted.

    ``inputs`` is None where nobody looked for any: reports made by a program are as many as there are. ``complete`` is
    whether the run came to its end and passed over nothing that may be a proposal. ``inputs_sha256`` is the one
    checksum of all inputs (:class:`InputSeal`), None where nobody asked for it. ``shown`` is None where all proposals
    are shown.
    """

    inputs: int | None = None
    passed_over: tuple[PassedOver, ...] = ()
    complete: bool = True
    interrupted: bool = False
    inputs_sha256: str | None = None
    shown: Shown | None = None


class Overview(Frozen):
    """The parts that were asked for or make sense; a format writes those it has a place for.

    ``run`` is how far the run came; ``portfolio`` is there where several proposals were checked, ``what_if`` where
    it was asked what another day or parameter would change, ``comparison`` where there is an older run.
    """

    portfolio: PortfolioSummary | None = None
    what_if: WhatIfResult | None = None
    comparison: Comparison | None = None
    run: RunSummary = RunSummary()


NOTHING_MORE = Overview()
