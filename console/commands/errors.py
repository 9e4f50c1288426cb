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
    return columns(rows)


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
    return columns([heads, *rows]) if rows else ""


async def errors(call: Call) -> None:
    number, point = call.options.number, call.options.point
    station = await call.station()
    status = await station.status()
    active = tuple(
        error for error in status.errors if number in {None, error.number} and point in {None, error.point}
    )
    if not call.options.history:
        if call.json:
            await call.answer({"errors": active})
        else:
            none = _("No error on this station.") if active == status.errors else _("No such error now.")
            await call.out.data(_now(active, status.station.zone) or f"{none}\n")
        return
    records = await station.error_history(ErrorQuery(last=call.options.last, error=number, point=point))
    if call.json:
        await call.answer({"errors": active, "history": records})
    else:
        everything = number is None and point is None
        none = (
            _("No error was ever seen on this station.") if everything else _("No such error was ever seen.")
        )
        await call.out.data(_past(records, status.station.zone) or f"{none}\n")


COMMANDS = (
    Command(
        words=("errors",),
        usage="[--history] [--number NUMBER] [--point POINT] [--last COUNT]",
        summary=N_("Show the errors of now, or how errors came and went"),
        arguments=(
            Argument(
                name="--history", help=N_("also those that are over: raised, cleared, by what"), flag=True
            ),
            Argument(name="--number", help=N_("only this error"), kind=whole_number(1, 999)),
            Argument(name="--point", help=N_("only errors of this charge point"), kind=whole_number(1, 2)),
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
