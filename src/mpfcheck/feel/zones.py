"""Time zones: how far a clock is ahead of UTC. The zone data is loaded only when a zone is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

__all__ = ["LARGEST_OFFSET", "Zone", "is_zone", "local_seconds", "offset_seconds"]

Zone: TypeAlias = int | str | None
"""An offset from UTC in seconds, the name of a time zone, or None for local time."""

LARGEST_OFFSET = 18 * 3600
_CYCLE = 146_097 * 86_400
_FIRST, _LAST = -62_000_000_000, 253_000_000_000
"""Seconds between which Python's calendar surely reaches; outside, the same day of another 400 years is asked."""


def is_zone(name: str) -> bool:
    """Whether there is a time zone of that name."""
    return _zone(name) is not None


def offset_seconds(zone: Zone, local: int) -> int | None:
    """Seconds ahead of UTC when the clock of the zone shows ``local`` seconds since 1970; None for local time."""
    if not isinstance(zone, str):
        return zone
    found = _zone(zone)
    if found is None:
        return None
    moment = _moment(local).replace(tzinfo=found)
    offset = moment.utcoffset()
    return int(offset.total_seconds()) if offset is not None else None


def local_seconds(zone: Zone, seconds: int) -> int:
    """What the clock of the zone shows, in seconds since 1970, at that many seconds since 1970 in UTC."""
    if not isinstance(zone, str):
        return seconds + (zone or 0)
    found = _zone(zone)
    offset = _moment(seconds).astimezone(found).utcoffset() if found else None
    return seconds + (int(offset.total_seconds()) if offset is not None else 0)


def _moment(seconds: int) -> datetime:
    """So many seconds after 1970, in UTC; a moment Python has no date for becomes one 400 years apart or more."""
    from datetime import UTC, datetime, timedelta

    within = seconds if _FIRST < seconds < _LAST else seconds % _CYCLE
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=within)


def _zone(name: str) -> ZoneInfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
        return None
