"""The formats of ``--format``, each imported only where it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from mpfcheck import __version__
from mpfcheck.cli.output import is_standard, style_for, width_for

if TYPE_CHECKING:
    from mpfcheck.report.reporter import Reporter, Write

__all__ = ["reporter_for"]


def reporter_for(
    name: str, *, output_path: str | None, only_trouble: bool, explain: bool
) -> Callable[[Write], Reporter]:
    """What makes the reporter of a format, given where to write."""
    if name != "text":
        return partial(_named, name, byte_order_mark=not is_standard(output_path))
    from mpfcheck.report.as_text import TextReporter

    text = partial(TextReporter, only_trouble=only_trouble, explain=explain)
    if is_standard(output_path):
        return partial(text, style=style_for(sys.stdout), width=width_for(sys.stdout))
    return text


def _named(name: str, write: Write, *, byte_order_mark: bool) -> Reporter:
    from mpfcheck.report.formats import reporter_of

    return reporter_of(name, write, version=__version__, byte_order_mark=byte_order_mark)
