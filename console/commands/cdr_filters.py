"""Which charge data records a command is about: the options that choose them, and what these mean."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from console.commands.command import Argument, Call, UsageError
from console.commands.kinds import Moment, whole_number
from console.texts import N_, _
from core.api import Station

USAGE = "[--from TIME] [--to TIME] [--point N] [--badge UID] [--find TEXT]"
ARGUMENTS = (
    Argument(name="--from", help=N_("that began on this day or later"), kind=Moment, metavar="TIME"),
    Argument(name="--to", help=N_("that began on this day or before"), kind=Moment, metavar="TIME"),
    Argument(
        name="--point",
        help=N_("of this charge point"),
        kind=whole_number(1, 2),
        metavar="N",
    ),
    Argument(name="--badge", help=N_("charged with this badge; '' for none"), metavar="UID"),
    Argument(
        name="--find",
        help=N_("with this in badge or comment, or as number or transaction"),
        metavar="TEXT",
        default="",
    ),
)


async def zone_of(station: Station) -> str:
    """The name of the station's zone."""
    return (await station.status()).station.zone


def period(call: Call, zone: str) -> tuple[datetime | None, datetime | None]:
    """The first moment of `--from`, and the one after the last of `--to`. Raises UsageError."""
    begin: Moment | None = vars(call.options)["from"]
    end: Moment | None = call.options.to
    since = begin.begin(zone) if begin else None
    until = end.end(zone) if end else None
    if since is not None and until is not None and since.astimezone(ZoneInfo("UTC")) >= until:
        raise UsageError(_("--to is before --from: no record can begin between them"))
    return since, until


def filters(call: Call, zone: str) -> dict[str, Any]:
    """The filters of RecordQuery and RecordExport, from the options."""
    since, until = period(call, zone)
    options = call.options
    return {
        "since": since,
        "until": until,
        "point": options.point,
        "badge": options.badge,
        "find": options.find,
    }
