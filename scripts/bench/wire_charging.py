"""What a technician does on the forms, the records and the live status of a station that charges."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from wire_session import REST, Action, lead

from core.clock import SimulatedClock
from core.station import StationCore
from core.values.simulation import Vehicle
from tests.stations import NOON, log_in, running_station


def charging_actions(core: StationCore, clock: SimulatedClock) -> list[Action]:
    """What a technician does, after `prototype/README.md`, on our own screens."""

    async def five_seconds_pass() -> None:
        clock.advance(5.0)
        await core.tick()

    return [
        Action(name="focus move", keys=b"\t", budget=40),
        Action(name="focus move again", keys=b"\t", budget=40),
        Action(name="help of the field, at rest", rest=REST),
        Action(name="sub-tab with a form", keys=b"]", budget=1200, rest=REST),
        lead(b"\t"),
        lead(b"\x08\x08\x08"),
        Action(name="type a character", keys=b":", budget=40),
        Action(name="type another", keys=b"8", budget=40),
        lead(b"0"),
        lead(b"\x1b"),
        Action(name="tab to the records", keys=b"4", budget=1600),
        lead(b"\x1b[B"),
        Action(name="row down", keys=b"\x1b[B", budget=200),
        Action(name="row up", keys=b"\x1b[A", budget=200),
        lead(b"\x1b[B" * 40),
        Action(name="scroll up by a page", keys=b"\x1b[5~", budget=1000),
        Action(name="page down", keys=b"\x1b[6~", budget=1000),
        lead(b"\x1b[5~" * 9),
        lead(b"\x1b[B" * 32),
        Action(name="scroll by a row", keys=b"\x1b[B", budget=200),
        Action(name="scroll by a row again", keys=b"\x1b[B", budget=200),
        lead(b"2"),
        Action(name="sub-tab of the socket-outlets", keys=b"]", budget=1600, rest=REST),
        lead(b"\t\t\t\x151"),
        Action(name="type a set point", keys=b"3", budget=40),
        Action(name="what it comes to, at rest", rest=REST, budget=200),
        lead(b"\x1b9"),
        lead(b"y"),
        lead(b"\x1b[Z"),
        Action(name="sub-tab of the meters", keys=b"]", budget=1200, rest=REST),
        Action(name="meters: live refresh", keys=b"\x12", happens=five_seconds_pass, budget=60),
        Action(name="form to live status", keys=b"5", budget=1600),
        lead(b"\x1b[6~"),
        Action(name="live refresh", keys=b"\x12", happens=five_seconds_pass, budget=60),
        Action(name="tab to a form", keys=b"1", budget=1600),
        Action(name="redraw", keys=b"\x0c", repaints=True, budget=1600),
    ]


@asynccontextmanager
async def charging_station() -> AsyncIterator[tuple[StationCore, SimulatedClock]]:
    """Run a station with some weeks of records, a car charging, and a clock that is turned by hand."""
    clock = SimulatedClock(start=NOON, speed=0)
    with tempfile.TemporaryDirectory() as folder:
        async with running_station("parking-2", Path(folder), clock=clock, demo=True) as core:
            station = await log_in(core, "local")
            await station.change_settings({"meter.1.metering": "iem_3x5x"})
            await station.sim_badge("E1EB1C03", 1)
            await station.sim_plug(1, Vehicle(demand=16.0))
            for _second in range(20):
                clock.advance(1.0)
                await core.tick()
            yield core, clock
