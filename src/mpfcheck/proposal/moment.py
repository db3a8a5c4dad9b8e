"""Moments of a proposal: a day, a time and a time zone, written ``2024-03-01T12:00:00Z`` as JSON Schema's date-time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from mpfcheck.proposal.unfit import UnfitValueError, shown

__all__ = ["moment_from"]

_is_moment = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?P<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
    r"(?P<zone>[Zz]|[+-][0-9]{2}:[0-9]{2}|@[A-Za-z0-9_+/-]{1,60})?"
).fullmatch
_HINT = "Write the day, the time and the time zone, such as 2024-03-01T12:00:00Z or 2024-03-01T12:00:00+01:00."


def moment_from(value: object) -> datetime:
    """A moment from its text, or one as it is; raises UnfitValueError, also where the time zone is missing.

    The zone is ``Z``, the hours ahead of UTC, or the name of a time zone as the rule language writes it
    (``@Europe/London``).
    """
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    if isinstance(value, datetime):
        raise UnfitValueError("This moment has no time zone.", "Give a datetime with a tzinfo.")
    if not isinstance(value, str):
        raise UnfitValueError("This should be a date and time, written as text in double quotes.", _HINT)
    found = _is_moment(value)
    if found is None:
        raise UnfitValueError(f"{shown(value)} is not a date and time.", _HINT)
    if found["zone"] is None:
        raise UnfitValueError(f"{shown(value)} does not say its time zone.", _HINT)
    zone = _zone(found["zone"])
    if zone is None:
        raise UnfitValueError(f"{shown(value)} names a time zone that does not exist.", _HINT)
    clock = found["clock"]
    try:
        return datetime.fromisoformat(f"{found['day']}T{clock}").replace(tzinfo=zone)
    except ValueError:
        raise UnfitValueError(f"{shown(value)} is a date and time that does not exist.", _HINT) from None


def _zone(text: str) -> tzinfo | None:
    if text in ("Z", "z"):
        return UTC
    if text.startswith("@"):
        # The zone data is loaded only where a zone is named.
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            return ZoneInfo(text[1:])
        except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
            return None
    hours, minutes = int(text[1:3]), int(text[4:6])
    ahead = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or ahead > timedelta(hours=14):
        return None
    return timezone(-ahead if text[0] == "-" else ahead)
