"""A vehicle counts as single-phase after a power meter has seen one phase alone loaded for a while."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from core.charge_points.configured import input_names
from core.charge_points.hardware import Readings
from core.charge_points.phases_seen import PhasesSeen
from core.charge_points.simulated import SimulatedBoard
from core.profile import load_profile
from core.values.simulation import Vehicle
from tests.core.charging_house import house

SETTINGS = {
    "meter__1__metering": "iem_3x5x",
    "general__authentication_location": "disable",
    "socket__1__input_1": "load_shedding",
    "socket__1__load_shedding_set_point": "10",
}


@pytest.mark.parametrize(
    ("loaded", "found"),
    [
        ([(0, 1), (29, 1)], None),
        ([(0, 1), (30, 1)], 1),
        ([(0, 1), (20, 0), (40, 1), (69, 1)], None),
        ([(0, 1), (10, 3), (60, 1)], 3),
        ([(0, 1), (30, 1), (40, 0), (50, 1)], 1),
        ([(0, 1), (30, 1), (40, 2)], 3),
        ([(0, 0), (60, 0)], None),
    ],
)
def test_what_is_seen_decides(loaded: list[tuple[float, int]], found: int | None) -> None:
    seen = PhasesSeen()
    for at, phases in loaded:
        seen = seen.seen(phases, at)
    assert seen.found == found


class BlindBoard(SimulatedBoard):
    """A board that does not know how many phases are connected."""

    def readings(self, at: float) -> Readings | None:
        found = super().readings(at)
        return None if found is None else replace(found, phases=None)


async def test_the_meter_makes_a_charge_single_phase_and_its_reserve_stays_on_every_phase(
    tmp_path: Path,
) -> None:
    profile = load_profile("parking-2")
    boards = [BlindBoard(attached=False, phases=3, inputs=input_names(profile)) for _ in (1, 2)]
    async with house(tmp_path, profile, boards, **SETTINGS) as station:
        await station.charging.sim_plug(1, Vehicle(phases=1))
        await station.wait(20)
        status = station.charging.charge_points()[0]
        assert (status.phases, status.evse_status[1]) == (None, "Three-Phase")
        await station.wait(20)
        status = station.charging.charge_points()[0]
        assert (status.phases, status.evse_status[1]) == (1, "Single-Phase")
        await station.charging.sim_input(1, "input_1", True)
        assert station.charging.charge_points()[0].offered_current == 10
        assert station.charging._side.points[0].lines == {1, 2, 3}
        await station.charging.sim_unplug(1)
        await station.charging.sim_plug(1, Vehicle(phases=3))
        assert station.charging.charge_points()[0].offered_current == 0
