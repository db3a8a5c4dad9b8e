"""A worker that some inputs kill, as a fault in a C library or a lack of memory would."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection

from mpfcheck.engine.check import Checked, Engine
from mpfcheck.engine.processes import work
from mpfcheck.engine.run import RunTerms
from mpfcheck.reading.inputs import Input

KILLING = b"this one kills"
ENDING = b"this one ends"
EXIT_CODE = 3


def lethal_work(connection: Connection, terms: RunTerms) -> None:
    real = Engine.check_input

    def check_input(engine: Engine, source: Input) -> Checked:
        if source.data and KILLING in source.data:
            os.kill(os.getpid(), signal.SIGKILL)
        if source.data and ENDING in source.data:
            os._exit(EXIT_CODE)
        return real(engine, source)

    Engine.check_input = check_input  # type: ignore[method-assign]
    work(connection, terms)


def stillborn_work(_connection: Connection, _terms: RunTerms) -> None:
    os._exit(EXIT_CODE)
