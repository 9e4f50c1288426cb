"""What is known of the clock, in sentences; for screens and commands alike."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.timekeeping.written import offset_words
from core.values.timekeeping import ClockChange, ClockStatus
from screens.texts import _
from screens.times import day_and_minute


def zone_of(status: ClockStatus) -> ZoneInfo:
    return ZoneInfo(status.zone)


def to_the_second(moment: datetime, zone: ZoneInfo) -> str:
    """`2026-11-22 14:05:30`."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def time_line(status: ClockStatus) -> str:
    """The time with its zone."""
    zone = zone_of(status)
    return f"{to_the_second(status.time, zone)} {zone.key} (UTC{offset_words(status.time, zone)})"


def change_line(status: ClockStatus) -> str:
    """When the clocks of the zone change next, and how."""
    zone, moment = zone_of(status), status.next_change
    if moment is None:
        return _("The clocks do not change in this zone.")
    before = moment - timedelta(seconds=1)
    return _("Next clock change {day}: from {before} to {after} (UTC{offset}).").format(
        day=f"{before.astimezone(zone):%Y-%m-%d}",
        before=f"{_as_before(moment, zone):%H:%M}",
        after=f"{moment.astimezone(zone):%H:%M}",
        offset=offset_words(moment, zone),
    )


def server_line(status: ClockStatus) -> str:
    """What following the time server has come to; "" while the clock is set by hand."""
    if status.state == "manual":
        return ""
    zone = zone_of(status)
    if status.state == "waiting":
        return _("The time server was not asked yet.")
    last = (
        _("Last sync {time}.").format(time=day_and_minute(status.last_sync, zone)) if status.last_sync else ""
    )
    if status.state == "failing":
        return " ".join(filter(None, (_("No time from {server}.").format(server=status.server), last)))
    offset = offset_line(status.offset_s or 0.0)
    return f"{last} {offset}"


def failure_line(status: ClockStatus) -> str:
    """What is wrong with the time server; "" for nothing."""
    return _(status.said) if status.state == "failing" else ""


def keeper_line(status: ClockStatus) -> str:
    """That another program keeps the clock; "" where the station does."""
    if not status.keeper:
        return ""
    return _("{keeper} keeps the clock of this machine; the station only compares.").format(
        keeper=status.keeper
    )


def offset_line(offset: float) -> str:
    """How far the clock was from the server's time when it was asked."""
    if abs(offset) < 0.001:
        return _("The clock was right.")
    words = _("The clock was {seconds} s behind.") if offset > 0 else _("The clock was {seconds} s ahead.")
    return words.format(seconds=seconds_words(abs(offset)))


def set_line(change: ClockChange, zone: ZoneInfo) -> str:
    """What became of the clock."""
    if not change.changed:
        return _("The clock is right within {seconds} s.").format(seconds=seconds_words(abs(change.offset_s)))
    return _("The clock is set: {new} (was {old}).").format(
        new=to_the_second(change.new, zone), old=to_the_second(change.old, zone)
    )


def lines_of(status: ClockStatus) -> list[str]:
    """Everything, as a person reads it."""
    lines = (time_line, change_line, server_line, failure_line, keeper_line)
    return [line for make in lines if (line := make(status))]


def seconds_words(seconds: float) -> str:
    """`0.012`, `3.4`, `820627200`."""
    if seconds < 1:
        return f"{seconds:.3f}"
    return f"{seconds:.1f}" if seconds < 100 else f"{seconds:.0f}"


def _as_before(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment as a clock shows it that has not been changed yet."""
    return (moment - timedelta(seconds=1)).astimezone(zone) + timedelta(seconds=1)
