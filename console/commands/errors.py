"""`errors`: what is wrong with the station now, and what was."""

from __future__ import annotations

from datetime import datetime

from console.commands.command import Argument, Call, Command
from console.commands.kinds import whole_number
from console.commands.output import columns
from console.commands.status import local_time
from console.texts import N_, _
from core.api import ErrorStatus
from core.values.error_records import MOST_ERROR_RECORDS, ErrorQuery, ErrorRecord


def _place(point: int | None) -> str:
    return _("point {number}").format(number=point) if point else _("station")


def _now(errors: tuple[ErrorStatus, ...], zone: str) -> str:
    rows = [
        (
            f"Err #{error.number}",
            _(error.name),
            _place(error.point),
            local_time(error.since, zone),
            error.cause or _(error.advice),
        )
        for error in errors
    ]
    return columns(rows) or f"{_('No error on this station.')}\n"


def _over(cleared: datetime | None, record: ErrorRecord, zone: str) -> str:
    if cleared is None:
        return _("lasts")
    until = local_time(cleared, zone)
    return _("{time} restart").format(time=until) if record.ended == "restart" else until


def _past(records: tuple[ErrorRecord, ...], zone: str) -> str:
    heads = (_("Error"), _("Name"), _("Where"), _("Raised"), _("Cleared"), _("Times"), _("Cause"))
    rows = [
        (
            f"Err #{record.error}",
            _(record.name),
            _place(record.point),
            local_time(record.raised, zone),
            _over(record.cleared, record, zone),
            str(record.times),
            record.cause or "-",
        )
        for record in records
    ]
    return columns([heads, *rows]) if rows else f"{_('No error was ever seen on this station.')}\n"


async def errors(call: Call) -> None:
    station = await call.station()
    status = await station.status()
    if not call.options.history:
        if call.json:
            await call.answer({"errors": status.errors})
        else:
            await call.out.data(_now(status.errors, status.station.zone))
        return
    query = ErrorQuery(last=call.options.last, error=call.options.number, point=call.options.point)
    records = await station.error_history(query)
    if call.json:
        await call.answer({"errors": status.errors, "history": records})
    else:
        await call.out.data(_past(records, status.station.zone))


COMMANDS = (
    Command(
        words=("errors",),
        usage="[--history] [--number NUMBER] [--point POINT] [--last COUNT]",
        summary=N_("Show the errors of now, or how errors came and went"),
        arguments=(
            Argument(
                name="--history", help=N_("also those that are over: raised, cleared, by what"), flag=True
            ),
            Argument(name="--number", help=N_("with --history: only this error"), kind=whole_number(1, 999)),
            Argument(
                name="--point", help=N_("with --history: only this charge point"), kind=whole_number(1, 2)
            ),
            Argument(
                name="--last",
                help=N_("with --history: so many at most (100)"),
                kind=whole_number(1, MOST_ERROR_RECORDS),
                default=100,
            ),
        ),
        act=errors,
    ),
)
