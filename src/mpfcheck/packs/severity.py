"""How much a failing rule matters."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Severity"]


class Severity(StrEnum):
    """How much a failing rule matters: ``blocking`` makes a proposal ineligible, the others do not."""

    BLOCKING = "blocking"
    WARNING = "warning"
    ADVICE = "advice"
