"""Live status as a table: one row a value, one column a charge point."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from core.api import ChargePointStatus, MeterStatus
from core.energy.limits import deciding
from core.values.outside import Booking
from screens.cleaned import cleaned, fitted
from screens.limit_words import LIMIT_SOURCES
from screens.meter_words import source_words, three
from screens.texts import N_, _
from screens.times import duration_words, since_words

LABEL = 18
INPUT_NAMES = {
    "push_button": N_("I_1 Push button"),
    "key_lock": N_("Key lock"),
    "input_1": N_("User input 1"),
    "input_2": N_("User input 2"),
    "delayed_start": N_("Delayed start"),
    "current_limit": N_("Current limitation"),
    "circuit_breaker": N_("Circuit breaker"),
}
INPUT_STATES = {"open": N_("open"), "closed": N_("closed")}

Row = tuple[str, Sequence[str]]


def title_line(title: str, points: Sequence[ChargePointStatus], label: int, column: int) -> Content:
    """A heading, and over each column the charge point it is about."""
    heads = "".join(
        fitted(_("Plug {point} (.{byte})").format(point=p.point, byte=cleaned(p.designation)), column)
        for p in points
    )
    return Content.styled(f"{fitted(title, label)} {heads}".rstrip(), "bold")


def value_lines(row: Row, label: int, column: int) -> list[Content]:
    """A row; a value that is wider than its column goes on below."""
    name, values = row
    pieces = [_broken(value, column - 1) for value in values]
    height = max(map(len, pieces), default=1)
    lines = []
    for line in range(height):
        cells = "".join(fitted(piece[line] if line < len(piece) else "", column) for piece in pieces)
        lines.append(Content(f"{fitted(name if line == 0 else '', label)} {cells}".rstrip()))
    return lines


def _broken(text: str, width: int) -> list[str]:
    pieces = []
    rest = cleaned(text) or "-"
    width = max(8, width)
    while len(rest) > width:
        at = max(rest.rfind("_", 0, width), rest.rfind(" ", 0, width)) + 1 or width
        pieces.append(rest[:at])
        rest = rest[at:]
    return [*pieces, rest]


def status_rows(points: Sequence[ChargePointStatus]) -> list[Row]:
    """The states of the charge points by the guide's names."""

    def row(name: str, value: Callable[[ChargePointStatus], str]) -> Row:
        return name, [value(point) for point in points]

    most = max((len(point.evse_status) for point in points), default=0)
    rows = [
        row(_("CPW state"), lambda p: p.cpw_state),
        row(_("Cable state"), lambda p: p.cable_state),
        row(_("EV state"), lambda p: p.ev_state),
        row(_("Last charge status"), lambda p: p.last_charge_status),
    ]
    rows += [
        (
            _("EVSE status") if number == 0 else "",
            [p.evse_status[number] if number < len(p.evse_status) else " " for p in points],
        )
        for number in range(most)
    ]
    return [
        *rows,
        row(_("Outlet status"), lambda p: p.outlet_status),
        row(_("Last error"), lambda p: p.last_error),
    ]


def current_rows(points: Sequence[ChargePointStatus]) -> list[Row]:
    """What is offered, every limit with what sets it, and what is measured."""
    sources = [s for s in LIMIT_SOURCES if any(limit.source == s for p in points for limit in p.limits)]
    rows: list[Row] = [(_("Offered current"), [_offered(point) for point in points])]
    rows += [
        (
            _(LIMIT_SOURCES[source]),
            [_limit(p, source) for p in points],
        )
        for source in sources
    ]
    if any(point.reason for point in points):
        rows.append((_("Reason"), [point.reason for point in points]))
    return [
        *rows,
        (_("Current L1 L2 L3"), [three(p.current, "A") for p in points]),
        (_("Voltage L1 L2 L3"), [three(p.voltage, "V", digits=0) for p in points]),
        (_("Power"), [f"{p.power_w / 1000:.2f} kW" for p in points]),
        (_("Metering"), [source_words(p.meter or MeterStatus()) for p in points]),
        (_("Energy meter"), [f"{p.energy_wh / 1000:.3f} kWh" for p in points]),
    ]


def _limit(point: ChargePointStatus, source: str) -> str:
    """A limit in A; the one that decides is marked."""
    limit = next((each for each in point.limits if each.source == source), None)
    if limit is None:
        return "-"
    words = _("{current:g} A  decides") if limit is deciding(point.limits) else _("{current:g} A")
    return words.format(current=limit.current)


def _offered(point: ChargePointStatus) -> str:
    if point.duty_percent is None:
        return f"{point.offered_current:g} A"
    return _("{current:g} A  duty {duty:.1f} %").format(
        current=point.offered_current, duty=point.duty_percent
    )


def session_rows(points: Sequence[ChargePointStatus], now: datetime, zone: ZoneInfo) -> list[Row]:
    """The charging sessions in progress; no rows while there is none."""
    if not any(point.session for point in points):
        return []

    def row(name: str, value: Callable[[ChargePointStatus], str]) -> Row:
        return name, [value(point) if point.session else "-" for point in points]

    return [
        row(_("Badge"), lambda p: (p.session.uid if p.session else "") or _("none")),
        row(_("Comment"), lambda p: (p.session.comment if p.session else "") or "-"),
        row(_("Started"), lambda p: since_words(p.session.started, now, zone) if p.session else ""),
        row(_("Duration"), lambda p: duration_words(p.session.duration_s) if p.session else ""),
        row(_("Energy"), lambda p: f"{p.session.energy_wh / 1000:.3f} kWh" if p.session else ""),
        *([row(_("Transaction"), _central_id)] if any(map(_central_id, points)) else []),
    ]


def _central_id(point: ChargePointStatus) -> str:
    """The number by which the central system knows a charge."""
    session = point.session
    is_known = session is not None and session.transaction_id != session.local_id
    return str(session.transaction_id) if session is not None and is_known else ""


def booking_rows(points: Sequence[ChargePointStatus], now: datetime, zone: ZoneInfo) -> list[Row]:
    """For whom charge points are kept; no rows while nothing is booked."""
    if not any(point.booking for point in points):
        return []

    def row(name: str, value: Callable[[Booking], str]) -> Row:
        return name, [value(point.booking) if point.booking else "-" for point in points]

    return [
        row(_("Kept for"), lambda booking: booking.uid or _("whoever is started")),
        row(_("Kept until"), lambda booking: since_words(booking.until, now, zone)),
    ]


def input_rows(points: Sequence[ChargePointStatus]) -> list[Row]:
    names = list(dict.fromkeys(name for point in points for name in point.inputs))
    return [
        (
            _(INPUT_NAMES.get(name, name)),
            [_(INPUT_STATES.get(p.inputs.get(name, ""), p.inputs.get(name, "-"))) for p in points],
        )
        for name in names
    ]
