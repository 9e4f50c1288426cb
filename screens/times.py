"""Times and durations as the screens show them, in the station's zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def day_and_minute(moment: datetime, zone: ZoneInfo) -> str:
    """`2026-11-22 14:05`."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def clock_time(moment: datetime, zone: ZoneInfo) -> str:
    """`14:05:11`."""
    return moment.astimezone(zone).strftime("%H:%M:%S")


def since_words(since: datetime, now: datetime, zone: ZoneInfo) -> str:
    """`13:58` on the same day, else `11-21 13:58`."""
    local, today = since.astimezone(zone), now.astimezone(zone)
    return local.strftime("%H:%M" if local.date() == today.date() else "%m-%d %H:%M")


def duration_words(seconds: int) -> str:
    """`HH:MM:SS`; days are counted as hours."""
    hours, rest = divmod(max(0, seconds), 3600)
    return f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"
