"""How errors came and went, as lines of Live status: where, since when, until when, how often, by what."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from textual.content import Content

from core.values.error_records import ErrorRecord
from screens.cleaned import cleaned
from screens.texts import _, ngettext
from screens.times import day_and_minute, since_words

INDENT = " " * 8
Line = tuple[Content, int | None]
"""A line, and the number of its error."""


def history_lines(records: Sequence[ErrorRecord], zone: ZoneInfo, width: int, points: int) -> list[Line]:
    """Those that last first, then the newest; two lines or more each, none cut."""
    if not records:
        return [(Content.styled(_("No error was ever seen on this station."), "bold"), None)]
    heading = _("ERRORS THAT LAST OR ARE OVER, the newest first. h shows Live status.")
    lines: list[Line] = [(Content.styled(heading, "bold"), None)]
    for record in records:
        lines += [(line, record.error) for line in _lines(record, zone, width, points)]
    return lines


def _lines(record: ErrorRecord, zone: ZoneInfo, width: int, points: int) -> list[Content]:
    head = f"Err #{record.error} {_(record.name)}"
    where = _where(record.point, points)
    head = f"{head}{where.rjust(max(1, width - 2 - len(head)))}"
    told = f"{_when(record, zone)}{_times(record.times)}"
    told += f": {cleaned(record.cause)}" if record.cause else "."
    room = max(20, width - 1 - len(INDENT))
    style = "bold $error" if record.cleared is None else ""
    return [
        Content.styled(head, style),
        *(Content(INDENT + part) for part in textwrap.wrap(told, room)),
    ]


def _where(point: int | None, points: int) -> str:
    if point is None:
        return _("station")
    return _("plug {point}").format(point=point) if points > 1 else ""


def _when(record: ErrorRecord, zone: ZoneInfo) -> str:
    raised = day_and_minute(record.raised, zone)
    if record.cleared is None:
        return _("Since {raised}").format(raised=raised)
    until = since_words(record.cleared, record.raised, zone)
    template = (
        _("{raised} to {until}, the restart") if record.ended == "restart" else _("{raised} to {until}")
    )
    return template.format(raised=raised, until=until)


def _times(times: int) -> str:
    return ngettext(", {count} time", ", {count} times", times).format(count=times) if times > 1 else ""
