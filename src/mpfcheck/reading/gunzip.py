"""What gzip packed, unpacked as it is read: never more at a time than is asked for, however much comes out of it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from mpfcheck.checking.report import Problem
from mpfcheck.reading.damage import DamagedError

__all__ = ["unpacked"]


@contextmanager
def unpacked(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The bytes that a stream packed with gzip holds; the stream stays open.

    Whatever is read before the place of a damage is good. Raises DamagedError where reading meets the damage.
    """
    begun = False
    try:
        packed = gzip.GzipFile(fileobj=stream, mode="rb")
        packed.peek(1)
        begun = True
        yield cast("BinaryIO", packed)
    except EOFError:
        hint = "It was perhaps not copied or downloaded to its end: fetch it again."
        raise DamagedError(Problem("This is compressed, and ends too early.", hint)) from None
    except gzip.BadGzipFile as error:
        if begun:
            raise DamagedError(_damaged(error)) from None
        hint = "If it is not compressed, take .gz off its name; otherwise compress it with gzip."
        raise DamagedError(Problem("This is not compressed with gzip, though its name says so.", hint)) from None
    except zlib.error as error:
        raise DamagedError(_damaged(error)) from None


def _damaged(error: Exception) -> Problem:
    return Problem(f"This is compressed, and damaged ({error}).", "Fetch it again, or compress it again.")
