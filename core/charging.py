"""Charging as the station offers it: real service, and what is done to simulated boards and clocks."""

from __future__ import annotations

from datetime import datetime

import msgspec

from core.badges import cache
from core.badges import table as badges
from core.cdrs import table as records
from core.charge_points import standing
from core.charge_points.configured import input_names
from core.charge_points.presenting import press_button
from core.charge_points.simulated import SimulatedBoard, fault_names
from core.clock import SimulatedClock
from core.errors import Busy, Invalid, NotAllowed, NotFound
from core.serving import Serving
from core.transactions import table as transactions
from core.values.simulation import MODEM_FAULT, READER_FAULT, PlugOutcome, Vehicle

METER_SILENT, METER_PHASES = "meter_silent", "meter_phases"
"""Faults of the simulated meter, beside those of the board: it does not answer, it is wired otherwise."""

SCHEMA = records.SCHEMA + badges.SCHEMA + cache.SCHEMA + transactions.SCHEMA + standing.SCHEMA


class Charging(Serving):
    """The charge points of the station; what begins with `sim_` is for simulated hardware only."""

    async def sim_plug(self, point: int, vehicle: Vehicle) -> PlugOutcome:
        """Plug a vehicle in. Raises Busy while something is plugged in there."""
        board = self._simulated(point)
        if board.occupied:
            raise Busy("A cable is already plugged in at charge point {point}", point=point)
        self._catch_up()
        board.plug(vehicle, self._side.at)
        return await self._outcome(point)

    async def sim_unplug(self, point: int) -> PlugOutcome:
        """End the charge at the vehicle and take it away; the record that this closes is on the disk."""
        board = self._simulated(point)
        was_occupied = board.occupied
        self._catch_up()
        board.open_switch(self._side.at)
        self._side.settle()
        board.unplug(self._side.at)
        return msgspec.structs.replace(await self._outcome(point), changed=was_occupied)

    async def sim_badge(self, uid: str, point: int | None = None) -> None:
        """Present a badge, as the reader does."""
        self._simulated(point or 1)
        await self.present_badge(uid, point)

    async def sim_input(self, point: int, name: str, closed: bool) -> None:
        """Close or open a contact; a push button acts when it is closed."""
        board = self._simulated(point)
        if name not in board.inputs:
            raise NotFound("No input {name}. Inputs here: {names}", name=name, names=", ".join(board.inputs))
        self._catch_up()
        board.set_input(name, closed)
        if name == "push_button" and closed:
            press_button(self._point(point), self._side.at)
        await self._settled()

    async def sim_fault(self, point: int, name: str, on: bool) -> None:
        """Make something go wrong at a charge point, or right again."""
        board = self._simulated(point)
        names = self._fault_names()
        if name not in names:
            raise NotFound("No fault {name}. Faults here: {names}", name=name, names=", ".join(names))
        self._catch_up()
        if name in {METER_SILENT, METER_PHASES}:
            self._disturb_meter(point, name, on)
        else:
            board.set_fault(name, on, self._side.at)
        await self._settled()

    async def sim_speed(self, factor: float) -> None:
        """Station seconds per real second; 0 holds the clock."""
        clock = self._simulated_clock()
        if not 0 <= factor <= 100_000:
            raise Invalid("The speed is 0 (held) to 100000, got {got}", got=factor)
        await self.tick()
        clock.set_speed(factor)

    async def sim_advance(self, to: datetime, *, step: bool = False) -> None:
        """Let time pass up to `to`, or set the wall clock there. Raises Invalid for the past."""
        clock = self._simulated_clock()
        if step:
            clock.step(to)
        else:
            seconds = (to - clock.now()).total_seconds()
            if seconds < 0:
                raise Invalid("Time does not run backwards: it is {now} already", now=clock.now().isoformat())
            clock.advance(seconds)
        await self.tick()

    def sim_names(self) -> dict[str, tuple[str, ...]]:
        """The names that `sim_input` and `sim_fault` take."""
        self._simulated(1)
        return {"inputs": tuple(input_names(self._profile)), "faults": self._fault_names()}

    def _fault_names(self) -> tuple[str, ...]:
        names = fault_names(self._profile.family)
        if any(meter.driver == "simulated" for meter in self._profile.meters):
            names = (*names, METER_SILENT, METER_PHASES)
        if self._profile.rfid_reader:
            names = (*names, READER_FAULT)
        if self._profile.modem and self._profile.network.driver == "simulated":
            names = (*names, MODEM_FAULT)
        return tuple(sorted(names))

    def _disturb_meter(self, point: int, name: str, on: bool) -> None:
        if self._profile.meter(point).driver != "simulated":
            raise NotAllowed("The power meter of charge point {point} is not simulated", point=point)
        if on and self._meters.setup(point) is None:
            raise Invalid(
                "Charge point {point} has no power meter: meter.{point}.metering is internal_ct", point=point
            )
        (self._meters.silence if name == METER_SILENT else self._meters.miswire)(point, on)

    def _simulated(self, number: int) -> SimulatedBoard:
        board = self._boards[self._point(number).number - 1]
        if not isinstance(board, SimulatedBoard):
            raise NotAllowed("Only on a simulated board")
        return board

    def _simulated_clock(self) -> SimulatedClock:
        if not isinstance(self._clock, SimulatedClock):
            raise NotAllowed("Only with a simulated clock")
        return self._clock
