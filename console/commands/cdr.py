"""`cdr`: the charge data records, listed, shown, added up by day, and exported."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from console.commands import cdr_filters
from console.commands.cdr_export import EXPORT
from console.commands.cdr_filters import filters, zone_of
from console.commands.command import Argument, Call, Command
from console.commands.kinds import whole_number
from console.commands.output import columns
from console.texts import N_, _, ngettext
from core.api import ChargeRecord, RecordQuery, RecordTotals
from core.cdrs.csv_file import duration_text

ORDERS = ("number", "start", "energy", "duration", "badge")


def record_row(record: ChargeRecord, zone: ZoneInfo) -> tuple[str, ...]:
    """A record for a person."""
    return (
        str(record.number),
        str(record.socket),
        f"{record.start.astimezone(zone):%Y-%m-%d %H:%M}",
        f"{record.end.astimezone(zone):%Y-%m-%d %H:%M}",
        duration_text(record.duration_s),
        f"{record.energy_kwh:.3f}",
        record.uid,
        record.stop_reason,
    )


def totals_line(totals: RecordTotals) -> str:
    """How many records, their energy and their time, for a person."""
    text = ngettext(
        "{count} record: {energy:.3f} kWh in {duration}",
        "{count} records: {energy:.3f} kWh in {duration}",
        totals.count,
    )
    return text.format(
        count=totals.count, energy=totals.energy_kwh, duration=duration_text(totals.duration_s)
    )


async def list_records(call: Call) -> None:
    options = call.options
    station = await call.station()
    zone = await zone_of(station)
    query = RecordQuery(
        last=options.last,
        after=options.after,
        sort=options.sort,
        descending=not options.ascending,
        **filters(call, zone),
    )
    page = await station.records(query)
    if call.json:
        await call.answer(page)
        return
    heads = (
        _("Number"),
        _("Socket"),
        _("Start"),
        _("End"),
        _("Duration"),
        _("kWh"),
        _("UID"),
        _("Stopped by"),
    )
    rows = [heads, *(record_row(record, ZoneInfo(zone)) for record in page.records)]
    await call.out.data(columns(rows))
    if page.shown.count < page.found:
        await call.out.message(_("Shown: {totals}").format(totals=totals_line(page.shown)))
    await call.out.message(_("Found: {totals}").format(totals=totals_line(page.totals)))


async def show(call: Call) -> None:
    station = await call.station()
    record = await station.record(call.options.number)
    if call.json:
        await call.answer({"record": record})
        return
    zone = ZoneInfo(await zone_of(station))
    fields = (
        (_("Charge number"), str(record.number)),
        (_("Charging station"), record.station),
        (_("Socket"), str(record.socket)),
        (_("Transaction"), str(record.transaction_id)),
        (_("UID"), record.uid),
        (_("Type of charge"), record.charge_type),
        (_("Start"), f"{record.start.astimezone(zone):%Y-%m-%d %H:%M:%S %z}"),
        (_("End"), f"{record.end.astimezone(zone):%Y-%m-%d %H:%M:%S %z}"),
        (_("Energy"), f"{record.energy_kwh:.3f} kWh"),
        (_("Socket type"), record.socket_type),
        (_("Duration"), duration_text(record.duration_s)),
        (_("Comment"), record.comment),
        (_("Stopped by"), record.stop_reason),
        (_("Meter at start"), f"{record.meter_start_wh} Wh"),
        (_("Meter at end"), f"{record.meter_stop_wh} Wh"),
        (_("Mean power"), f"{record.mean_power_w} W"),
        (_("Greatest power"), f"{record.max_power_w} W"),
        (_("Phases"), str(record.phases)),
    )
    await call.out.data(columns(fields))


async def by_day(call: Call) -> None:
    station = await call.station()
    days = await station.record_days(RecordQuery(**filters(call, await zone_of(station))))
    if call.json:
        await call.answer({"days": days})
        return
    rows = [(_("Day"), _("Records"), _("Duration"), _("kWh"))]
    rows += [
        (f"{each.day:%Y-%m-%d}", str(each.count), duration_text(each.duration_s), f"{each.energy_kwh:.3f}")
        for each in days
    ]
    await call.out.data(columns(rows))


COMMANDS = (
    Command(
        words=("cdr", "list"),
        usage=f"[--last 30] [--after NUMBER] {cdr_filters.USAGE} [--sort COLUMN] [--ascending]",
        summary=N_("List charge data records, the newest first"),
        arguments=(
            Argument(
                name="--last",
                help=N_("so many records at most (30)"),
                kind=whole_number(1, 10_000),
                default=30,
            ),
            Argument(
                name="--after",
                help=N_("go on after this record, the last one of the page before"),
                kind=whole_number(1, 2**62),
                metavar="NUMBER",
            ),
            *cdr_filters.ARGUMENTS,
            Argument(
                name="--sort",
                help=N_("by number, start, energy, duration or badge (number)"),
                choices=ORDERS,
                default="number",
                metavar="COLUMN",
            ),
            Argument(name="--ascending", help=N_("the smallest or oldest first"), flag=True),
        ),
        act=list_records,
    ),
    Command(
        words=("cdr", "show"),
        usage="NUMBER",
        summary=N_("Show everything about one charge data record"),
        arguments=(Argument(name="number", help=N_("the charge number"), kind=whole_number(1, 2**62)),),
        act=show,
    ),
    Command(
        words=("cdr", "days"),
        usage=cdr_filters.USAGE,
        summary=N_("Show the energy of each day, of the last thirty or of a period"),
        arguments=cdr_filters.ARGUMENTS,
        act=by_day,
    ),
    EXPORT,
)
