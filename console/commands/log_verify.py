"""`log verify`: whether the log is as it was written; of a station that runs, or in its data folder."""

from __future__ import annotations

import argparse
import asyncio
import re
from collections.abc import Awaitable, Callable

from console.commands.command import Argument, Call, Command
from console.texts import N_, _
from core.errors import Invalid, TryLater
from core.log_reading import verify_folder
from core.values.log import KnownEntry, LogCheck

_KNOWN = re.compile(r"([0-9]{1,15}):([0-9a-f]{64})")


def known_entry(text: str) -> KnownEntry:
    """A kind of argument: `NUMBER:HASH` as an earlier check has said it."""
    found = _KNOWN.fullmatch(text.strip().lower())
    if found is None:
        raise argparse.ArgumentTypeError(
            _("NUMBER:HASH is expected, as `log verify` has said it, not {text!r}").format(text=text[:90])
        )
    return KnownEntry(number=int(found[1]), hash=found[2])


async def verify(call: Call) -> None:
    """Ask the station."""
    await _tell(call, await (await call.station()).verify_log(call.options.known))


async def verify_here(call: Call) -> None:
    """Ask the station; where none runs, look into its data folder."""
    try:
        station = await call.station()
    except TryLater:
        check = await asyncio.to_thread(verify_folder, call.folder, call.options.known)
        await call.out.message(_("No station runs here: its data folder was looked at."))
    else:
        check = await station.verify_log(call.options.known)
    await _tell(call, check)


async def _tell(call: Call, check: LogCheck) -> None:
    """Raises Invalid for a log that is not as it was written."""
    if check.broken is not None:
        raise Invalid(
            N_("Entry {number} of the log is missing or was altered; those before it hold, from {first} on."),
            number=check.broken,
            first=check.first,
            details={"entry": str(check.broken)},
        )
    if call.json:
        await call.answer({"check": check})
        return
    says = _("All {count} entries are as they were written, {first} to {last}. The last one is {last}:{hash}")
    await call.say(says.format(count=check.entries, first=check.first, last=check.last, hash=check.hash))


def _row(act: Callable[[Call], Awaitable[None]]) -> Command:
    return Command(
        words=("log", "verify"),
        usage="[--known NUMBER:HASH]",
        summary=N_("Check that no entry of the log was altered, removed or put in; 3 where one was"),
        arguments=(
            Argument(
                name="--known",
                help=N_("what an earlier check has said of the last entry must still hold"),
                kind=known_entry,
                metavar="NUMBER:HASH",
            ),
        ),
        act=act,
    )


REMOTE = (_row(verify),)
LOCAL = (_row(verify_here),)
