"""Stations in a state worth looking at."""

from __future__ import annotations

from datetime import timedelta

from core.api import Vehicle
from core.station import StationCore
from tests.stations import NOON, log_in


async def charging_station(core: StationCore) -> None:
    """One charge is over, one goes on at plug 1, and the surge arrestor of the last plug is worn."""
    local = await log_in(core, "local")
    last = len((await local.status()).charge_points)
    await local.sim_plug(1, Vehicle(phases=1, demand=16.0))
    await local.sim_badge("E1EB1C02", 1)
    await local.sim_advance(NOON + timedelta(minutes=30))
    await local.sim_unplug(1)
    await local.sim_plug(1, Vehicle(phases=3, cable_current=20))
    await local.sim_badge("3F420F", 1)
    await local.sim_fault(last, "surge_arrestor", on=True)
    await local.sim_advance(NOON + timedelta(minutes=42, seconds=7))
