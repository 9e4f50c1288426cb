"""Local time as a person writes it, and the moment that is meant."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from core.errors import Invalid
from core.timekeeping.zone_changes import next_change

FIRST_YEAR, LAST_YEAR = 2000, 2099
WRITTEN = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?\s*(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)


def moment_of(text: str, zone: ZoneInfo) -> datetime:
    """The moment that `2026-11-22 14:05` means in the zone; an offset behind it (`+01:00`, `Z`) is followed.

    Raises Invalid for what is no time, a year outside 2000..2099, and where the clocks change for a time that
    there is not or that there is twice.
    """
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        raise Invalid(
            "A date and a time are expected, such as 2026-11-22 14:05 or 2026-11-22 14:05:30, got {got}",
            got=repr(text[:40]),
        )
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid("The year is {first} to {last}, got {got}", first=FIRST_YEAR, last=LAST_YEAR, got=year)
    try:
        # The offset is applied below: it makes an aware time of this one.
        local = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001
    except ValueError as error:
        raise Invalid("There is no such date or time: {why}", why=error) from None
    offset = found.group(7)
    if offset is not None:
        return _with_offset(local, offset)
    return _in_zone(local, zone)


def _with_offset(local: datetime, offset: str) -> datetime:
    if offset == "Z":
        return local.replace(tzinfo=UTC)
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    if hours > 14 or minutes > 59:
        raise Invalid("An offset is -14:00 to +14:00, got {got}", got=offset)
    shift = timedelta(hours=hours, minutes=minutes)
    return (local - shift if offset[0] == "+" else local + shift).replace(tzinfo=UTC)


def _in_zone(local: datetime, zone: ZoneInfo) -> datetime:
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    if first.astimezone(zone).replace(tzinfo=None) != local:
        raise Invalid(
            "There is no {time} in {zone} on that day: the clocks leap over it to {after}.",
            time=f"{local:%H:%M}",
            zone=zone.key,
            after=f"{(next_change(zone, second) or first).astimezone(zone):%H:%M}",
        )
    raise Invalid(
        "{time} comes twice in {zone} on that day. Add which one is meant: {first} or {second}.",
        time=f"{local:%H:%M}",
        zone=zone.key,
        first=f"{local:%H:%M}{offset_words(first, zone)}",
        second=f"{local:%H:%M}{offset_words(second, zone)}",
    )


def offset_words(moment: datetime, zone: ZoneInfo) -> str:
    """`+01:00`: how far the zone is ahead of UTC at that moment."""
    minutes = round((moment.astimezone(zone).utcoffset() or timedelta()).total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
