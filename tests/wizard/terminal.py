"""A terminal for the real program: what it draws is kept as a screen that can be read."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import pexpect
import pyte

__all__ = ["KEYS", "Terminal"]

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "pagedown": "\x1b[6~",
    "f5": "\x1b[15~",
    "ctrl+q": "\x11",
    "space": " ",
}


class Terminal:
    """Runs a program in a pseudo-terminal of a size."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], size: tuple[int, int]) -> None:
        columns, lines = size
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._child = pexpect.spawn(
            command[0], list(command[1:]), env=dict(environment), dimensions=(lines, columns), timeout=1
        )
        self._child.delaybeforesend = None
        self._written = ""

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def process(self) -> int:
        """The number of the process."""
        return int(self._child.pid)

    @property
    def descriptor(self) -> int:
        """The descriptor of the terminal, for its modes."""
        return int(self._child.child_fd)

    @property
    def written(self) -> str:
        """Everything that was written to it so far."""
        return self._written

    def wait(self, seconds: float) -> None:
        """Read for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._read(0.01):
            pass

    def until(self, words: str, seconds: float = 30) -> None:
        """Read until some words stand on the screen; fails with the screen where they do not come."""
        end = time.monotonic() + seconds
        while words not in self.text:
            assert time.monotonic() < end, f"no {words!r} on the screen:\n{self.text}"
            self._read()

    def press(self, *keys: str) -> None:
        """Press keys by their names; other words are typed."""
        for key in keys:
            self._child.send(KEYS.get(key, key))

    def end(self, seconds: float = 30) -> int:
        """Read until the program ends; its exit code."""
        end = time.monotonic() + seconds
        while not self._child.closed and self._read():
            assert time.monotonic() < end, f"it does not end:\n{self.text}"
        self._child.close()
        return int(self._child.exitstatus if self._child.exitstatus is not None else -1)

    def _read(self, seconds: float = 0.2) -> bool:
        try:
            data = self._child.read_nonblocking(65536, timeout=seconds)
            self._written += data.decode("utf-8", "replace")
            self._stream.feed(data)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        return True
