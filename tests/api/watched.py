"""A program that checks proposals while everything it does beside is watched; no test, but started by one.

``python watched.py [STATEMENT]`` reads texts of proposals (a JSON list) from standard input and prints what it noticed,
or ``nothing``. The statement runs among the checks, to see whether it is noticed.
"""

from __future__ import annotations

import io
import json
import locale
import logging
import sys
import time
from types import FrameType

import mpfcheck

INNOCENT = {"import", "exec", "compile", "marshal.loads", "sys._getframe", "code.__new__", "function.__new__"} | {
    "object.__getattr__",
    "object.__setattr__",
    "object.__delattr__",
    "builtins.id",
}
"""Audited by Python, and about nothing outside the process."""

noticed: list[str] = []
watching = False


def loading_a_module() -> bool:
    """Whether Python is loading more of itself or of mpfcheck, as it does when that is first needed."""
    frame: FrameType | None = sys._getframe(1)
    while frame and not frame.f_code.co_filename.startswith("<frozen importlib"):
        frame = frame.f_back
    return frame is not None


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Notice what Python says it is about to do: open a file, make a socket, start a process."""
    if watching and event not in INNOCENT and not loading_a_module():
        noticed.append(f"{event} {arguments}")


def asked(name: str) -> object:
    """What stands in place of a function nobody may call."""

    def notice(*_: object, **__: object) -> float:
        if watching and not loading_a_module():
            noticed.append(f"{name} was called")
        return 0.0

    return notice


class Listener(logging.Handler):
    """Notices whatever is logged."""

    def emit(self, record: logging.LogRecord) -> None:
        noticed.append(f"logged: {record.getMessage()}")


def values_of(text: str) -> dict[str, object]:
    """A proposal as a program would hold it: whatever the text says, made a dict."""
    try:
        values = json.loads(text)
    except ValueError:
        values = text
    return values if isinstance(values, dict) else {"title": values}


def check_all(call: mpfcheck.Call, texts: list[str]) -> None:
    """Check in every way there is; five times is often enough for the rules to be compiled."""
    values = [values_of(text) for text in texts]
    for _ in range(5):
        for text, given in zip(texts, values, strict=True):
            call.check(text.encode("utf-8", "surrogatepass"))
            call.check(given)
            call.check(given, parameters={"maximum_grant_share": "0.5"}, rules=["GRANT-1", "LEAD-1"])
        list(mpfcheck.check_many(call, values))


def main() -> None:
    """Watch, check, tell."""
    global watching
    statement = compile("".join(sys.argv[1:]), "statement", "exec")
    call = mpfcheck.load_call("mpf-2023-borders-security")
    texts = json.loads(sys.stdin.read())
    logging.basicConfig(level=0, handlers=[Listener()])
    sys.addaudithook(watch)
    for name in ("localtime", "gmtime", "monotonic", "perf_counter", "strftime"):
        setattr(time, name, asked(name))
    for name in ("setlocale", "getlocale", "localeconv", "getpreferredencoding"):
        setattr(locale, name, asked(name))
    standard = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = said = io.StringIO()
    watching = True
    exec(statement, {"mpfcheck": mpfcheck})  # noqa: S102 - the test's own
    check_all(call, texts)
    watching = False
    sys.stdout, sys.stderr = standard
    print(*noticed, said.getvalue(), sep="\n" if noticed else "")
    if not noticed and not said.getvalue():
        print("nothing")


if __name__ == "__main__":
    main()
