"""`cdr`: the charge data records, listed and exported."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

from console.commands.command import Argument, Call, Command
from console.commands.kinds import Moment, whole_number
from console.commands.output import columns
from console.texts import N_, _
from core.api import ChargeRecord, RecordPage, RecordQuery, Station
from core.cdrs.csv_file import duration_text, text_chunks

PAGE = 500
MOST_KEPT_BY_THE_GUIDE = 3000


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


async def list_records(call: Call) -> None:
    station = await call.station()
    page = await station.records(RecordQuery(last=call.options.last))
    if call.json:
        await call.answer({"records": page.records, "total": page.total})
        return
    zone = ZoneInfo((await station.status()).station.zone)
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
    await call.out.data(columns([heads, *(record_row(record, zone) for record in page.records)]))


async def pages(
    station: Station, *, most: int | None, since: datetime | None, until: datetime | None
) -> AsyncIterator[RecordPage]:
    """The records asked for, newest first, a page at a time; `most` None: however many there are."""
    before: int | None = None
    while most is None or most > 0:
        last = PAGE if most is None else min(PAGE, most)
        page = await station.records(RecordQuery(last=last, before=before, since=since, until=until))
        if page.records:
            yield page
            before = page.records[-1].number
        if len(page.records) < last:
            return
        most = None if most is None else most - last


async def export(call: Call) -> None:
    options = call.options
    station = await call.station()
    zone = (await station.status()).station.zone
    begin: Moment | None = vars(options)["from"]
    end: Moment | None = options.to
    since = begin.begin(zone) if begin else None
    until = end.end(zone) if end else None
    unbounded = options.all or since is not None or until is not None
    found = pages(station, most=None if unbounded else MOST_KEPT_BY_THE_GUIDE, since=since, until=until)
    if call.json:
        await call.answer({"records": [record async for page in found for record in page.records]})
        return
    separators = await _separators(station)
    title = next(text_chunks((), zone=ZoneInfo(zone), **separators))
    await call.out.data(title)
    async for page in found:
        text = "".join(text_chunks(page.records, zone=ZoneInfo(zone), **separators))
        await call.out.data(text.removeprefix(title))


async def _separators(station: Station) -> dict[str, str]:
    """As set in Publication; the factory's for an account that may not read them."""
    values = {view.key: str(view.value) for view in await station.settings()}
    found = {name: values.get(f"publication.{name}") for name in ("field_separator", "decimal_separator")}
    return {name: value for name, value in found.items() if value is not None}


COMMANDS = (
    Command(
        words=("cdr", "list"),
        usage="[--last 30]",
        summary=N_("List the newest charge data records"),
        arguments=(
            Argument(
                name="--last",
                help=N_("so many records at most (30)"),
                kind=whole_number(1, 10_000),
                default=30,
            ),
        ),
        act=list_records,
    ),
    Command(
        words=("cdr", "export"),
        usage="[--from TIME] [--to TIME] [--all]",
        summary=N_("Write the charge data records as CSV, newest first"),
        arguments=(
            Argument(name="--from", help=N_("that began on this day or later"), kind=Moment, metavar="TIME"),
            Argument(name="--to", help=N_("that began on this day or before"), kind=Moment, metavar="TIME"),
            Argument(name="--all", help=N_("all that are kept, not only the newest 3000"), flag=True),
        ),
        act=export,
    ),
)
