"""The sections on what happened last: charge data records, and entries of the log."""

from __future__ import annotations

from core.api import ChargeRecord, LogEntry, Report
from screens.report.parts import Section, section, table
from screens.texts import _
from screens.times import day_and_minute, duration_words
from screens.zones import zone_named

LONGEST = 200
"""Characters of a value in the log; a certificate has thousands."""


def records(report: Report) -> Section:
    """The newest charges, with badge and comment only where the report has them."""
    zone = zone_named(report.status.station.zone)
    heads = [_("No"), _("Plug"), _("Start"), _("Duration"), _("kWh"), _("Ended by")]
    heads += [_("Badge")] if report.uids else []
    heads += [_("Comment")] if report.comments else []

    def row(record: ChargeRecord) -> list[str]:
        cells = [
            str(record.number),
            str(record.socket),
            day_and_minute(record.start, zone),
            duration_words(record.duration_s),
            f"{record.energy_kwh:.3f}",
            record.stop_reason,
        ]
        cells += [record.uid] if report.uids else []
        return cells + ([record.comment] if report.comments else [])

    if not report.records:
        return section(_("Last charge data records"), said=[_("There are no charge data records.")])
    said = _("The newest {shown} of {count} charge data records.").format(
        shown=len(report.records), count=report.records_kept
    )
    return section(_("Last charge data records"), table(heads, map(row, report.records)), said=[said])


def log(report: Report) -> Section:
    """The newest entries of the log, newest first."""
    zone = zone_named(report.status.station.zone)
    heads = (_("Time"), _("Who"), _("What"))
    rows = [
        (day_and_minute(entry.time, zone), f"{entry.account} {entry.origin}".strip(), _what(entry))
        for entry in report.log
    ]
    return section(_("Last entries of the log"), table(heads, rows))


def _what(entry: LogEntry) -> str:
    old, new = _shortened(entry.old or "-"), _shortened(entry.new or "-")
    change = "" if entry.old is None and entry.new is None else f"{old} -> {new}"
    return " ".join(filter(None, (entry.action, _shortened(entry.subject), change, _shortened(entry.text))))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
