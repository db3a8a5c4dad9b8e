"""A document on paper, and what writing it gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from mpfcheck.frozen import Frozen
from mpfcheck.report.blocks import Block

__all__ = ["NO_TIME", "Paper", "Written"]

NO_TIME: Final = datetime(2000, 1, 1)
"""When documents and workbooks say that they were made: what says the same is the same file."""


class Paper(Frozen):
    """A document. ``title`` and ``author`` are for its properties, ``footer`` stands on every page beside its number.

    ``identifier`` names the state of the data it was made of (a checksum), and is among the properties too. The blocks
    are read once.
    """

    title: str
    author: str
    identifier: str
    footer: str
    blocks: Sequence[Block]


class Written(Frozen):
    """A document in a format, and sentences on what could not be shown as it is."""

    data: bytes
    warnings: tuple[str, ...] = ()
