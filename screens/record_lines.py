"""Charge data records as lines of a table, and one record in full."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core.api import ChargeRecord, RecordTotals
from screens.cleaned import cleaned, fitted
from screens.row_drawing import WIDE
from screens.texts import _
from screens.times import day_and_minute, duration_words


def table_head(width: int) -> str:
    head = f"{_('No'):>6}  {fitted(_('Plug'), 4)}  {fitted(_('Start'), 16)}  {fitted(_('Duration'), 8)}"
    head += f" {_('kWh'):>8}  "
    if width >= WIDE:
        head += f"{fitted(_('Transaction'), 11)} {fitted(_('Type'), 17)} "
    return f"{head}{fitted(_('UID'), 16)} {_('Comment')}"


def table_line(record: ChargeRecord, zone: ZoneInfo, width: int, *, ascii_only: bool) -> str:
    """A record on one line of `width` cells."""
    line = f"{record.number:>6}  {record.socket:>4}  {day_and_minute(record.start, zone)}"
    line += f"  {duration_words(record.duration_s)} {record.energy_kwh:>8.3f}  "
    if width >= WIDE:
        line += f"{record.transaction_id:<11} {fitted(cleaned(record.charge_type), 17)} "
    line += f"{fitted(cleaned(record.uid, ascii_only=ascii_only) or '-', 16)} "
    comment = cleaned(record.comment, ascii_only=ascii_only)
    return line + fitted(comment, width - len(line))


def summary(record: ChargeRecord, zone: ZoneInfo) -> tuple[str, str]:
    """Two lines for the foot of the table: what does not fit into it."""
    return (
        _("No {number}  Transaction {transaction}  {type}  {socket}  End {end}").format(
            number=record.number,
            transaction=record.transaction_id,
            type=cleaned(record.charge_type),
            socket=cleaned(record.socket_type),
            end=day_and_minute(record.end, zone),
        ),
        _("Station {station}").format(station=cleaned(record.station)),
    )


def totals_words(shown: RecordTotals, found: RecordTotals) -> str:
    """What the records that are shown come to, and all that are found where these are more."""
    says = _("{count} shown: {energy:.3f} kWh, {duration}").format(
        count=shown.count, energy=shown.energy_kwh, duration=duration_words(shown.duration_s)
    )
    if shown.count < found.count:
        says += "   " + _("{count} found: {energy:.3f} kWh, {duration}").format(
            count=found.count, energy=found.energy_kwh, duration=duration_words(found.duration_s)
        )
    return says


def details(record: ChargeRecord, zone: ZoneInfo, *, ascii_only: bool) -> tuple[str, ...]:
    """Every field of a record, one a line."""

    def text(value: str) -> str:
        return cleaned(value, ascii_only=ascii_only) or "-"

    fields = (
        (_("Charge number"), str(record.number)),
        (_("Charging station"), text(record.station)),
        (_("Socket"), str(record.socket)),
        (_("Transaction"), str(record.transaction_id)),
        (_("UID"), text(record.uid)),
        (_("Type of charge"), text(record.charge_type)),
        (_("Start"), day_and_minute(record.start, zone)),
        (_("End"), day_and_minute(record.end, zone)),
        (_("Energy"), f"{record.energy_kwh:.3f} kWh"),
        (_("Socket type"), text(record.socket_type)),
        (_("Duration"), duration_words(record.duration_s)),
        (_("Comment"), text(record.comment)),
        (_("Ended by"), text(record.stop_reason.replace("_", " "))),
        (_("Meter at start"), f"{record.meter_start_wh} Wh"),
        (_("Meter at end"), f"{record.meter_stop_wh} Wh"),
        (_("Mean power"), f"{record.mean_power_w} W"),
        (_("Greatest power"), f"{record.max_power_w} W"),
        (_("Phases"), str(record.phases)),
    )
    return tuple(f"{fitted(name, 18)} {value}" for name, value in fields)
