"""A supervision for tests: it answers when it is told to, and as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from core.badges.verdict import ACCEPTED, Verdict
from core.charge_points.authority import NoAnswer
from tests.core.charging_house import House, house

SUPERVISED = {
    "general__station_type": "supervised",
    "supervision__protocol": "ocpp16j",
    "general__authentication_location": "supervision",
}
CONTROLLED = {"energy__external_control": "yes"}


class Central:
    """Answers from `verdicts` at once, never about `silent` badges; `heard` is what came late."""

    def __init__(self) -> None:
        self.linked = True
        self.silent: set[str] = set()
        self.verdicts: dict[str, Verdict] = {}
        self.list: dict[str, Verdict] = {}
        self.asked: list[tuple[str, int | None]] = []
        self.heard: list[str] = []
        self._heard = asyncio.Event()

    async def authorise(self, uid: str, point: int | None) -> Verdict:
        self.asked.append((uid, point))
        if not self.linked:
            raise NoAnswer("The link is down")
        if uid in self.silent:
            await asyncio.Future()
        return self.verdicts.get(uid, ACCEPTED)

    async def listed(self, uid: str) -> Verdict | None:
        return self.list.get(uid)

    async def hear(self, signal: str) -> None:
        self.heard.append(signal)
        self._heard.set()

    async def hears(self, count: int) -> None:
        """Wait until so many signals came late."""
        while len(self.heard) < count:
            self._heard.clear()
            await self._heard.wait()


async def answers() -> None:
    """Let every question come to its end."""
    for task in asyncio.all_tasks():
        if task.get_name() == "badge asked about":
            await asyncio.wait([task])


@asynccontextmanager
async def supervised(
    folder: Path, profile: str = "parking-2", /, **saved: str
) -> AsyncIterator[tuple[House, Central]]:
    """A supervised station on this folder, and its supervision."""
    async with house(folder, profile, **{**SUPERVISED, **saved}) as station:
        central = Central()
        station.charging.authority = central
        station.charging.acknowledge = central.hear
        yield station, central
