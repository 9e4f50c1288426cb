"""The sections on how the station does: its errors and its states."""

from __future__ import annotations

from collections.abc import Sequence

from core.api import ChargePointStatus, ErrorStatus, Report
from core.faults import FAULTS
from core.values.control import WaitingRestart
from core.values.error_records import ErrorRecord
from screens.report.parts import Section, Table, facts, section, table
from screens.status_table import Row, booking_rows, current_rows, input_rows, session_rows, status_rows
from screens.texts import N_, _, ngettext
from screens.times import day_and_minute
from screens.zones import zone_named

LIGHTS = {"ready": N_("ready"), "charging": N_("charging"), "off": N_("off"), "fault": N_("fault")}


def point_words(point: ChargePointStatus) -> str:
    """`Plug 1 (.102)`."""
    return _("Plug {point} (.{byte})").format(point=point.point, byte=point.designation)


def errors(report: Report) -> Section:
    """What is wrong, since when, and what to do; then every check of every charge point."""
    status = report.status
    active = status.errors
    if active:
        count = len(active)
        said = ngettext("{count} error is active.", "{count} errors are active.", count).format(count=count)
    else:
        said = _("No error is active.")
    checks = table(
        (_("Check"), *(point_words(point) for point in status.charge_points)),
        [
            (f"Err #{number} {_(fault.name)}", *(_state(report, number, p) for p in status.charge_points))
            for number, fault in FAULTS.items()
        ],
    )
    tables = [_active(report)] if active else []
    tables.append(checks)
    if report.errors_seen:
        tables.append(_seen(report))
    return section(_("Errors"), *tables, said=[said])


def _active(report: Report) -> Table:
    zone = zone_named(report.status.station.zone)
    heads = (_("Error"), _("Where"), _("Since"), _("Cause and what to do"))
    return table(
        heads,
        [
            (
                f"Err #{error.number} {_(error.name)}",
                _where(error.point),
                day_and_minute(error.since, zone),
                _cause_and_advice(_(error.cause), _(error.advice)),
            )
            for error in report.status.errors
        ],
        alarm=True,
    )


def _cause_and_advice(cause: str, advice: str) -> str:
    return f"{cause}. {advice}".rstrip() if cause else advice


def _seen(report: Report) -> Table:
    zone = zone_named(report.status.station.zone)
    heads = (_("Newest errors"), _("Where"), _("Raised"), _("Cleared"), _("Times"), _("Cause"))

    def cleared(record: ErrorRecord) -> str:
        if record.cleared is None:
            return _("lasts")
        time = day_and_minute(record.cleared, zone)
        return _("{time} (restart)").format(time=time) if record.ended == "restart" else time

    return table(
        heads,
        [
            (
                f"Err #{record.error} {_(record.name)}",
                _where(record.point),
                day_and_minute(record.raised, zone),
                cleared(record),
                str(record.times),
                _(record.cause),
            )
            for record in report.errors_seen
        ],
    )


def _where(point: int | None) -> str:
    return _("Plug {point}").format(point=point) if point else _("Station")


def _state(report: Report, number: int, point: ChargePointStatus) -> str:
    def concerns(error: ErrorStatus) -> bool:
        return error.number == number and error.point in {None, point.point}

    return _("KO") if any(map(concerns, report.status.errors)) else _("OK")


def states(report: Report) -> Section:
    """The station, then every charge point by the names of Live status."""
    status = report.status
    station, points = status.station, status.charge_points
    rows = [
        *status_rows(points),
        *current_rows(points),
        *_session_rows(report),
        *input_rows(points),
    ]
    whole = facts(
        [
            (_("Station"), station.state),
            (_("Light"), _(LIGHTS.get(station.light, station.light))),
            (_("Restart needed for"), ", ".join(station.restart_keys) or _("nothing")),
            *_waiting(station.restart_waiting),
        ]
    )
    heads = (_("State"), *(point_words(point) for point in points))
    return section(_("State"), whole, table(heads, [(name, *values) for name, values in _joined(rows)]))


def _waiting(restart: WaitingRestart | None) -> list[tuple[str, str]]:
    if restart is None:
        return []
    says = _("when no charge is open, asked for by {account}").format(account=restart.account)
    return [(_("Restart waits"), says)]


def _session_rows(report: Report) -> list[Row]:
    """The charges that are going on; what the report leaves out of them does not look like nothing."""
    station = report.status.station
    points, zone = report.status.charge_points, zone_named(station.zone)
    rows = [*session_rows(points, station.time, zone), *booking_rows(points, station.time, zone)]
    left_out = set() if report.uids else {_("Badge"), _("Kept for")}
    left_out |= set() if report.comments else {_("Comment")}
    return [row for row in rows if row[0] not in left_out]


def _joined(rows: Sequence[Row]) -> list[tuple[str, list[str]]]:
    """Rows that go on in a nameless one below are one row here."""
    joined: list[tuple[str, list[str]]] = []
    for name, values in rows:
        if name or not joined:
            joined.append((name, [value.strip() for value in values]))
        else:
            before = joined[-1][1]
            joined[-1] = (
                joined[-1][0],
                [", ".join(filter(None, pair)) for pair in zip(before, map(str.strip, values), strict=True)],
            )
    return joined
