"""What a technician does in a register of 10,000 badges."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from wire_session import REST, Action, lead

from core.api import Station
from core.clock import SimulatedClock
from core.station import StationCore
from tests.stations import NOON, log_in, running_station

BADGES = 10_000
KNOWN = "00000007"
NEW = "E1EB1C02"


class Seconds:
    """The seconds by which the screens count down; they pass by hand."""

    passed = 0.0

    def __call__(self) -> float:
        return self.passed


def badge_actions(station: Station, seconds: Seconds) -> list[Action]:
    """Page, find, mark, learn and edit."""

    def presented(uid: str) -> Callable[[], Awaitable[None]]:
        async def happens() -> None:
            await station.sim_badge(uid)

        return happens

    async def a_second_passes() -> None:
        seconds.passed += 1

    return [
        Action(name="tab to 10,000 badges", keys=b"3", budget=1600, rest=REST),
        Action(name="badges: page down", keys=b"\x1b[6~", budget=1000, rest=REST),
        Action(name="badges: row down", keys=b"\x1b[B", budget=200),
        Action(name="badges: mark", keys=b" ", budget=200),
        Action(name="badges: mark the page", keys=b"m", budget=200),
        Action(name="badges: mark all", keys=b"m", budget=200),
        lead(b"scar 9"),
        Action(name="badges: find", keys=b"9", budget=1000, rest=REST),
        lead(b"\x08\x08\x08\x08\x08\x08\r"),
        lead(b"l"),
        Action(name="badges: learning shown", keys=b"a", budget=1000, rest=REST),
        Action(name="badges: a second of learning", happens=a_second_passes, budget=40, rest=REST),
        Action(name="badges: a new one presented", happens=presented(NEW), budget=1000, rest=REST),
        Action(name="badges: a known one presented", happens=presented(KNOWN), budget=200, rest=REST),
        Action(name="badges: stop learning", keys=b"l", budget=1000, rest=REST),
        lead(b"\x1b[A"),
        Action(name="badges: edit in place", keys=b"e", budget=200, rest=REST),
        Action(name="badges: type a character", keys=b"x", budget=40),
        Action(name="badges: save", keys=b"\r", budget=1000, rest=REST),
    ]


@asynccontextmanager
async def badge_station() -> AsyncIterator[tuple[StationCore, Station]]:
    """Run a station with 10,000 badges and a clock that stands, and a handle for what happens there."""
    clock = SimulatedClock(start=NOON, speed=0)
    rows = "".join(f"{n},{n:08X},User,Car {n}\r\n" for n in range(1, BADGES + 1))
    titles = "Badge number,Identifier,Type,Comment\r\n"
    with tempfile.TemporaryDirectory() as folder:
        async with running_station("parking-2", Path(folder), clock=clock) as core:
            station = await log_in(core, "local")
            await station.import_badges((titles + rows).encode(), accept_edited=True)
            yield core, station
