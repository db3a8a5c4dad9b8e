"""Days of a proposal: ISO 8601 calendar dates, written ``2024-03-01``."""

from __future__ import annotations

import re
from datetime import date, datetime

from mpfcheck.proposal.unfit import UnfitValueError, shown

__all__ = ["day_from"]

_is_day = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_HINT = "Write year, month and day, such as 2024-03-01."


def day_from(value: object) -> date:
    """A day from its text, or a date as it is; raises UnfitValueError, also for days the calendar does not have."""
    if isinstance(value, str) and _is_day(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise UnfitValueError(f"{shown(value)} is a day the calendar does not have.", _HINT) from None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        raise UnfitValueError(f"{shown(value)} is not a date.", _HINT)
    raise UnfitValueError("This should be a date, written as text in double quotes.", _HINT)
