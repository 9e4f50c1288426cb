"""Which records somebody wants to see: what is looked for, days, charge point and badge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.api import RecordExport, RecordOrder, RecordQuery
from screens.texts import N_, _

SORTS: dict[RecordOrder, str] = {
    "number": N_("newest first"),
    "start": N_("latest start first"),
    "energy": N_("most energy first"),
    "duration": N_("longest first"),
    "badge": N_("by badge"),
}
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


class NotADay(Exception):
    """What was typed is no day; its text says what is expected."""


@dataclass(frozen=True, kw_only=True)
class RecordFilter:
    """`first` and `last` are days of the station's zone, both included; `badge` "": charged without one."""

    find: str = ""
    first: date | None = None
    last: date | None = None
    point: int | None = None
    badge: str | None = None

    def query(
        self, zone: ZoneInfo, sort: RecordOrder = "number", *, last: int = 0, after: int | None = None
    ) -> RecordQuery:
        """The question for a page of these records."""
        return RecordQuery(
            last=last, after=after, sort=sort, descending=sort != "badge", **self._filters(zone)
        )

    def export(self, zone: ZoneInfo, last: int | None) -> RecordExport:
        """The question for the file of these records."""
        return RecordExport(last=last, **self._filters(zone))

    def _filters(self, zone: ZoneInfo) -> dict[str, Any]:
        end = None if self.last is None else self.last + timedelta(days=1)
        return {
            "find": self.find,
            "since": None if self.first is None else datetime.combine(self.first, time(), zone),
            "until": None if end is None else datetime.combine(end, time(), zone),
            "point": self.point,
            "badge": self.badge,
        }

    @property
    def words(self) -> str:
        """The filter beside what is looked for, "" for none."""
        parts = []
        if self.first is not None:
            parts.append(_("from {day}").format(day=self.first))
        if self.last is not None:
            parts.append(_("to {day}").format(day=self.last))
        if self.point is not None:
            parts.append(_("plug {number}").format(number=self.point))
        if self.badge is not None:
            parts.append(_("badge {uid}").format(uid=self.badge) if self.badge else _("without a badge"))
        return ", ".join(parts)


def day_of(text: str) -> date | None:
    """A day as it was typed; None for nothing. Raises NotADay."""
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        day = date.min
    if not EARLIEST <= day <= LATEST:
        says = _("A day is written as 2026-11-22, from {first} to {last}.")
        raise NotADay(says.format(first=EARLIEST, last=LATEST))
    return day
