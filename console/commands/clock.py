"""`clock`: the station's time, setting it, following and testing the time server."""

from __future__ import annotations

from typing import Any

import msgspec

from console.commands.command import Argument, Call, Command
from console.commands.steps import answer_steps
from console.texts import N_
from core.errors import TryLater
from core.values.timekeeping import ClockStatus
from screens.clock_words import lines_of, set_line, zone_of


def as_json(status: ClockStatus) -> dict[str, Any]:
    """What `--json` says: times in UTC, and the same moment in the station's zone."""
    told: dict[str, Any] = msgspec.to_builtins(status)
    return {**told, "local_time": status.time.astimezone(zone_of(status)).isoformat(timespec="seconds")}


async def show(call: Call) -> None:
    status = await (await call.station()).clock()
    if call.json:
        await call.answer(as_json(status))
        return
    for line in lines_of(status):
        await call.say(line)


async def set_time(call: Call) -> None:
    station = await call.station()
    change = await station.set_clock(" ".join(call.options.time))
    if call.json:
        await call.answer(change, changed=change.changed)
    else:
        await call.say(set_line(change, zone_of(await station.clock())))


async def sync(call: Call) -> None:
    """Follow the time server now; a failure ends with the code for what may be different later."""
    station = await call.station()
    change = await station.sync_clock()
    if change.said:
        details = {"step": change.step, "said": change.said}
        raise TryLater("{step}: {said}.", details=details, step=change.step, said=change.said)
    if call.json:
        await call.answer(change, changed=change.changed)
    else:
        await call.say(set_line(change, zone_of(await station.clock())))


async def test(call: Call) -> None:
    found = await (await call.station()).test_time_server()
    await answer_steps(call, found, "The time server gives no time: see the last step.")


COMMANDS = (
    Command(
        words=("clock", "show"),
        summary=N_("Show the station's time, its zone with the next clock change, and the time server"),
        act=show,
    ),
    Command(
        words=("clock", "set"),
        usage="TIME",
        summary=N_("Set the clock to a local time, such as 2026-11-22 14:05:30"),
        act=set_time,
        arguments=(
            Argument(
                name="time",
                many=True,
                help=N_("date and time in the station's zone, or with an offset: 2026-11-22T14:05+01:00"),
            ),
        ),
    ),
    Command(
        words=("clock", "sync"),
        summary=N_("Ask the time server now and set the clock by it"),
        act=sync,
    ),
    Command(
        words=("clock", "test"),
        summary=N_("Ask the time server step by step; the clock is not set"),
        act=test,
    ),
)
