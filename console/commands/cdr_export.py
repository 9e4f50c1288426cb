"""`cdr export`: the charge data records as a file, in portions that go out as fast as they are read."""

from __future__ import annotations

from console.commands import cdr_filters
from console.commands.cdr_filters import filters, zone_of
from console.commands.command import Argument, Call, Command, document
from console.commands.kinds import whole_number
from console.record_parts import record_parts
from console.texts import N_, _
from core.api import RecordExport, RecordQuery, Station

PAGE = 500
LAST_RECORDS = RecordExport().last


async def export(call: Call) -> None:
    options = call.options
    station = await call.station()
    chosen = filters(call, await zone_of(station))
    is_period = chosen["since"] is not None or chosen["until"] is not None
    last = options.last or (None if options.all or is_period else LAST_RECORDS)
    request = RecordExport(last=last, more_columns=options.more_columns, **chosen)
    if call.json:
        await _as_json(call, station, request)
        return
    told = 0
    async for part in record_parts(station, request):
        await call.out.data(part.text)
        if options.progress and (part.place is None or part.done - told >= part.count / 20):
            told = part.done
            await call.out.message(_("{done} of {count} records").format(done=part.done, count=part.count))


async def _as_json(call: Call, station: Station, request: RecordExport) -> None:
    """One line of JSON, a page at a time."""
    head, tail = document("cdr", {"records": ["here"]}).split('"here"')
    await call.out.data(head)
    left, after, begun = request.last, None, False
    while left is None or left > 0:
        query = RecordQuery(
            last=PAGE if left is None else min(PAGE, left),
            after=after,
            find=request.find,
            since=request.since,
            until=request.until,
            point=request.point,
            badge=request.badge,
        )
        page = (await station.records(query)).records
        if page:
            text = document("cdr", {"records": page}).removeprefix(head).removesuffix(tail)
            await call.out.data(f", {text}" if begun else text)
            begun, after = True, page[-1].number
        if len(page) < query.last:
            break
        left = None if left is None else left - len(page)
    await call.out.data(tail)


EXPORT = Command(
    words=("cdr", "export"),
    usage=f"[--last N] [--all] {cdr_filters.USAGE} [--more-columns] [--progress]",
    summary=N_("Write the charge data records as CSV, newest first"),
    arguments=(
        Argument(
            name="--last",
            help=N_("so many at most (3000; with --from or --to all of the period)"),
            kind=whole_number(1, 100_000_000),
            metavar="N",
        ),
        Argument(name="--all", help=N_("all that are kept, not only the newest 3000"), flag=True),
        *cdr_filters.ARGUMENTS,
        Argument(
            name="--more-columns",
            help=N_("also what ended the charge, meter, power and phases"),
            flag=True,
        ),
        Argument(name="--progress", help=N_("tell on standard error how far it is"), flag=True),
    ),
    act=export,
)
