"""A charging station without handles and links: real storage, a held clock, vehicles by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core import audit
from core.audit import Note
from core.boards.making import make_boards
from core.cdrs import finding
from core.charge_points.hardware import Board
from core.charge_points.making_meters import make_meters
from core.charging import SCHEMA, Charging
from core.clock import Clock, SimulatedClock
from core.events import AnyEvent
from core.modbus import ModbusLines
from core.profile import HardwareProfile, load_profile
from core.settings.store import Settings
from core.storage import Storage
from core.values.records import ChargeRecord, RecordQuery

START = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


class House:
    """`charging` is started; `saved` are settings as text; `boards` stand in for those of the profile."""

    def __init__(
        self,
        storage: Storage,
        profile: str | HardwareProfile,
        saved: dict[str, str],
        boards: Sequence[Board] | None = None,
        pace: Clock | None = None,
    ) -> None:
        self.storage = storage
        self.profile = load_profile(profile) if isinstance(profile, str) else profile
        self.settings = Settings(self.profile, saved)
        self.clock = SimulatedClock(start=START, speed=0)
        self.events: list[AnyEvent] = []
        self.notes: list[Note] = []
        boards = boards or make_boards(self.profile)
        self.meters = make_meters(
            self.profile, boards, ModbusLines(pace), self.clock, lambda: None, pace=pace
        )
        self.charging = Charging(
            self.profile,
            boards,
            self.meters,
            self.settings,
            self.clock,
            storage,
            self.events.append,
            self.notes.append,
        )

    async def wait(self, seconds: float) -> None:
        await self.charging.sim_advance(self.clock.now() + timedelta(seconds=seconds))

    async def records(self) -> list[ChargeRecord]:
        """Every stored record, oldest first."""
        every = RecordQuery(last=100_000, descending=False)
        return list(await self.storage.read(lambda link: finding.records(link, every)))


@asynccontextmanager
async def house(
    folder: Path,
    profile: str | HardwareProfile = "parking-2",
    boards: Sequence[Board] | None = None,
    pace: Clock | None = None,
    /,
    **saved: str,
) -> AsyncIterator[House]:
    """A station on this folder; with the same folder again it starts anew on what is stored there.

    `pace` tells real time to meters on a line. Keyword arguments are settings, with `__` for the dot.
    """
    storage = await Storage.open(folder, schema=[audit.SCHEMA, SCHEMA])
    try:
        settings = {key.replace("__", "."): value for key, value in saved.items()}
        found = House(storage, profile, settings, boards, pace)
        await found.charging.start()
        yield found
    finally:
        await storage.close()
