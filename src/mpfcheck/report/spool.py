"""Text that must wait until the end of a report, because something of the whole stands before it.

A little is held in memory; more goes to a file without a name, which the system takes away with the process. So memory
stays the same however many proposals there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, AnyStr, Generic, cast

__all__ = ["Spool"]

MOST_HELD = 8 * 1024 * 1024
"""Characters or bytes."""
AT_ONCE = 1024 * 1024


class Spool(Generic[AnyStr]):
    """Takes text, as ``str`` or as UTF-8, and gives it back in the same order."""

    def __init__(self, kind: type[AnyStr]) -> None:
        """Start with nothing; ``kind`` is that of the text."""
        self._kind: type[AnyStr] = kind
        self._held: list[AnyStr] = []
        self._size = 0
        self._file: IO[AnyStr] | None = None

    def write(self, text: AnyStr) -> None:
        """Take the next text. Raises OSError where there is no room for it."""
        self._held.append(text)
        self._size += len(text)
        if self._size > MOST_HELD:
            self._put_down()

    def __iter__(self) -> Iterator[AnyStr]:
        """All text so far, in pieces of some size."""
        if self._file is not None:
            self._put_down()
            self._file.seek(0)
            while piece := self._file.read(AT_ONCE):
                yield piece
        yield from self._held

    def lines(self) -> Iterator[AnyStr]:
        """All text so far, line by line, each with its end; every text that was taken must have ended its lines."""
        if self._file is not None:
            self._put_down()
            self._file.seek(0)
            yield from self._file
        for text in self._held:
            yield from text.splitlines(keepends=True)

    def __del__(self) -> None:
        """Let the file go."""
        if self._file is not None:
            self._file.close()

    def _put_down(self) -> None:
        # Small reports are not to wait for this import.
        from tempfile import TemporaryFile, gettempdir

        try:
            if self._file is None:
                # Names of files may hold what is no text; it must come out as it went in.
                opened = (
                    TemporaryFile()  # noqa: SIM115 - closed in ``__del__``
                    if self._kind is bytes
                    else TemporaryFile("w+", encoding="utf-8", errors="surrogatepass", newline="")  # noqa: SIM115
                )
                self._file = cast("IO[AnyStr]", opened)
            self._file.writelines(self._held)
        except OSError as error:
            # The file has no name of its own to say where the room is missing.
            raise OSError(error.errno, error.strerror, gettempdir()) from None
        self._held.clear()
        self._size = 0
