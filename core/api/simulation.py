"""The part of the seam that is about simulated boards, readers and clocks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from core.values.simulation import PlugOutcome, Vehicle
from core.values.status import StationStatus


class SimulationStation(Protocol):
    """What an account may do to simulated hardware, as `api.Station` does."""

    async def sim_plug(self, point: int, vehicle: Vehicle) -> PlugOutcome: ...

    async def sim_unplug(self, point: int) -> PlugOutcome: ...

    async def sim_badge(self, uid: str, point: int | None = None) -> None: ...

    async def sim_input(self, point: int, name: str, closed: bool) -> None:
        """Work an input of `sim_names`; a push button is pressed by `closed`."""

    async def sim_fault(self, point: int, name: str, on: bool) -> None: ...

    async def sim_speed(self, factor: float) -> None:
        """Station seconds per real second; 0 holds the clock."""

    async def sim_advance(self, to: datetime, *, step: bool = False) -> StationStatus:
        """Let time pass up to `to`; `step` sets the wall clock there instead, in any direction."""

    async def sim_names(self) -> Mapping[str, tuple[str, ...]]:
        """The names that `sim_input` (`inputs`) and `sim_fault` (`faults`) take on this station."""
