"""Meters that are asked, on a clock that is turned by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from core.meters.meters import Meters
from core.meters.setup import MeterSetup
from core.modbus import ModbusLines, ModbusLink
from core.values.meters import MeterState, MeterStatus
from tests.core.meters.models.rtu_bus import RtuBus
from tests.core.readers.hand_clock import GUARD_SECONDS, HandClock

PARKING = """
family = "parking"
charge_points = 1
rfid_reader = false
[[socket]]
type = "T2"
cable = "socket-outlet"
phases = 3
"""
"""The begin of a hardware profile."""

NAMELESS = "Task-"
"""How tasks are called that wait for an answer; those that wait of their own accord have names."""


class PolledClock(HandClock):
    """Passes from poll to poll, but leaves a request that is under way its time."""

    def __init__(self) -> None:
        super().__init__()
        self.changed = asyncio.Event()
        self._polls: list[float] = []
        self._answers: list[float] = []

    async def sleep(self, seconds: float) -> None:
        task = asyncio.current_task()
        of_poll = task is not None and not task.get_name().startswith(NAMELESS)
        due, mine = self.elapsed() + seconds, self._polls if of_poll else self._answers
        mine.append(due)
        self.changed.set()
        try:
            await super().sleep(seconds)
        finally:
            mine.remove(due)
            self.changed.set()

    async def turn(self, is_mute: Callable[[], bool]) -> None:
        """Let time pass to the next poll, or to the end of a wait for an answer that will not come."""
        self.changed.clear()
        answer, due = min(self._answers, default=None), min(self._polls, default=None)
        if answer is not None and (due is None or answer < due):
            due = answer if is_mute() else None
        if due is not None:
            self.passes(max(0.0, due - self.elapsed()))
        async with asyncio.timeout(GUARD_SECONDS):
            await self.changed.wait()


class Room:
    """Meters with the bus that they are on; `told` counts how often they told of a change."""

    def __init__(self, bus: RtuBus | None) -> None:
        self.clock = PolledClock()
        self.told = 0
        self.lines = ModbusLines(self.clock)
        self.meters = Meters({}, self.lines, self.clock, self._tell, pace=self.clock)
        self._bus = bus
        self._seen = 0
        if bus is not None:
            bus.on_heard = self.clock.changed.set

    def has(self, point: int, link: ModbusLink, *, unit: int = 2) -> None:
        self.meters.follow(point, MeterSetup(model="iem_3x5x", link=link, unit=unit))

    async def comes_to(self, state: MeterState, point: int = 1) -> MeterStatus:
        """Let time pass until the meter is in this state."""
        await self.until(lambda: self.meters.status(point).state == state)
        return self.meters.status(point)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Let time pass, poll by poll, until something holds."""
        while not holds():
            await self.clock.turn(self._is_mute)

    def _is_mute(self) -> bool:
        if self._bus is None or len(self._bus.heard) <= self._seen or not self._bus.is_mute:
            return False
        self._seen = len(self._bus.heard)
        return True

    def _tell(self) -> None:
        self.told += 1


@asynccontextmanager
async def room(bus: RtuBus | None = None) -> AsyncIterator[Room]:
    """Run meters until the end of the block; an error of theirs is the test's."""
    found = Room(bus)
    task = asyncio.create_task(found.meters.run())
    try:
        yield found
    finally:
        task.cancel()
        (end,) = await asyncio.gather(task, return_exceptions=True)
        assert isinstance(end, asyncio.CancelledError), end
