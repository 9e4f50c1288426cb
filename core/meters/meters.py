"""All power meters of the station: followed as the settings say, asked, and told of."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

import msgspec

from core.clock import Clock, SystemClock
from core.meters.poll import Known, MeterPoll
from core.meters.reading import MeterReading
from core.meters.setup import MeterSetup
from core.meters.simulated import FIRMWARE, Load, SimulatedMeter
from core.meters.told import status_of
from core.modbus import ModbusLines, ModbusLink
from core.values.meters import MeterStatus


class Attended(msgspec.Struct, frozen=True, kw_only=True):
    """A meter as it is set up, and who asks it; a simulated one is asked by nobody."""

    setup: MeterSetup
    poll: MeterPoll | None


class Meters:
    """The meters of all charge points; `loads` are what simulated ones measure.

    `clock` is the station's, `pace` real time. `changed` is called when a meter begins or ceases to answer.
    """

    def __init__(
        self,
        loads: Mapping[int, Load],
        lines: ModbusLines,
        clock: Clock,
        changed: Callable[[], None],
        *,
        pace: Clock | None = None,
    ) -> None:
        self._simulated = {point: SimulatedMeter(point, load) for point, load in loads.items()}
        self._lines = lines
        self._clock = clock
        self._pace = pace or SystemClock()
        self._changed = changed
        self._attended: dict[int, Attended] = {}
        self._news = asyncio.Event()

    def follow(self, point: int, setup: MeterSetup | None) -> None:
        """Charge point `point` has this meter from now on; None: no meter."""
        before = self._attended.get(point)
        if setup is None:
            self._attended.pop(point, None)
        elif before is None or before.setup != setup:
            poll = None
            if setup.link is not None:
                poll = MeterPoll(setup, self._lines, self._clock, self._pace, self._changed)
            self._attended[point] = Attended(setup=setup, poll=poll)
        if self._attended.get(point) is not before:
            self._news.set()

    def reading(self, point: int, at: float) -> MeterReading | None:
        """The newest reading; None where there is no meter, or while it is silent."""
        attended = self._attended.get(point)
        if attended is None:
            return None
        if attended.poll is not None:
            return attended.poll.known.reading
        meter = self._simulated[point]
        reading = meter.reading(attended.setup.order, at)
        return None if meter.is_silent else reading

    def is_silent(self, point: int) -> bool:
        """A meter is there by the settings, but does not answer."""
        attended = self._attended.get(point)
        if attended is None:
            return False
        return self._simulated[point].is_silent if attended.poll is None else attended.poll.known.is_silent

    def why_silent(self, point: int) -> str:
        """What was wrong with its last answer, in words; "" while it answers."""
        return self._known(point).reason

    def setup(self, point: int) -> MeterSetup | None:
        """The meter that is followed now."""
        attended = self._attended.get(point)
        return None if attended is None else attended.setup

    def is_at(self, point: int, link: ModbusLink | None, unit: int) -> bool:
        """The charge point counts by the meter of this unit on this link."""
        setup = self.setup(point)
        if setup is None or (setup.link is None) is not (link is None) or setup.unit != unit:
            return False
        return link is None or setup.link is None or setup.link.place == link.place

    def status(self, point: int) -> MeterStatus:
        """What is told of the meter of a charge point."""
        attended = self._attended.get(point)
        return status_of(None if attended is None else attended.setup, self._known(point))

    def silence(self, point: int, on: bool) -> None:
        """A simulated meter stops to answer, or answers again."""
        self._simulated[point].silent_since = self._clock.now() if on else None

    def miswire(self, point: int, on: bool) -> None:
        """A simulated meter is wired to other phases than the settings say, or as they say again."""
        self._simulated[point].is_miswired = on

    def identity(self, point: int) -> tuple[str, int] | None:
        """Where the meter of a charge point answers, and its serial number; None where it tells none."""
        setup, serial = self.setup(point), self._known(point).serial
        return None if setup is None or setup.link is None or serial is None else (setup.place, serial)

    async def run(self) -> None:
        """Ask every meter that can be asked, until cancelled."""
        asking: dict[int, tuple[MeterPoll, asyncio.Task[None]]] = {}
        async with asyncio.TaskGroup() as group:
            while True:
                self._news.clear()
                for point, (asked, task) in tuple(asking.items()):
                    now = self._attended.get(point)
                    if now is None or now.poll is not asked:
                        task.cancel()
                        await asyncio.wait({task})
                        del asking[point]
                for point, attended in self._attended.items():
                    poll, link = attended.poll, attended.setup.link
                    if poll is not None and link is not None and point not in asking:
                        asking[point] = (poll, group.create_task(poll.run(link), name=f"meter {point}"))
                await self._news.wait()

    def _known(self, point: int) -> Known:
        attended = self._attended.get(point)
        if attended is None:
            return Known()
        if attended.poll is not None:
            return attended.poll.known
        meter = self._simulated[point]
        if meter.is_silent:
            return Known(
                is_silent=True,
                reason="it is simulated, with the fault meter_silent",
                serial=meter.serial,
                answered=meter.silent_since,
            )
        return Known(reading=meter.shown, serial=meter.serial, firmware=FIRMWARE, answered=self._clock.now())
