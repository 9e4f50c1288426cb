"""The guide's status values that take their moment or their hardware: each by what it is shown for."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.charge_points.configured import input_names
from core.charge_points.rules import DOMESTIC, PointRules
from core.charge_points.simulated import SimulatedBoard
from core.profile import load_profile
from core.values.badges import Badge
from core.values.simulation import Vehicle
from tests.core.charge_points.bench import BY_BADGE, FREE, Bench
from tests.core.charging_house import house

FREELY = PointRules(authorisation=FREE)
CITY = PointRules(authorisation=FREE, flap=True)


async def test_a_board_that_was_never_heard_is_not_initialised(tmp_path: Path) -> None:
    profile = load_profile("parking-1")
    board = SimulatedBoard(attached=False, phases=3, inputs=input_names(profile))
    board.set_fault("board_silent", True, 0.0)
    async with house(tmp_path, profile, [board]) as station:
        assert station.charging.charge_points()[0].outlet_status == "Not_Initialized"
        await station.charging.sim_fault(1, "board_silent", False)
        assert station.charging.charge_points()[0].outlet_status == "OK_ChargeAuthorisationStarted"
        await station.charging.sim_fault(1, "board_silent", True)
        assert station.charging.charge_points()[0].outlet_status != "Not_Initialized"


def test_a_vip_badge_is_shown_while_it_charges() -> None:
    bench = Bench(PointRules(authorisation=BY_BADGE))
    badge = Badge(number=10, uid="E1EB1C02", type="vip", comment="")
    bench.plug()
    bench.badge(known=badge)
    assert "VIP badge mode" in bench.status().evse_status
    bench.unplug()
    assert "VIP badge mode" not in bench.status().evse_status
    bench.plug()
    bench.badge("E1EB1C03", known=Badge(number=11, uid="E1EB1C03", type="user", comment=""))
    assert bench.status().session is not None
    assert "VIP badge mode" not in bench.status().evse_status


def test_a_cable_in_a_household_outlet_is_a_domestic_one() -> None:
    household = Bench(PointRules(authorisation=FREE, socket_type=DOMESTIC, phases=1))
    assert "Domestic cable detected" not in household.status().evse_status
    assert "Domestic cable detected" in household.plug(vehicle=Vehicle(phases=1)).evse_status
    assert "Domestic cable detected" not in Bench(FREELY).plug().evse_status


@pytest.mark.parametrize(
    ("rules", "charging", "fault", "seen"),
    [
        (FREELY, False, "lock", "KO_PlugOrShutterAbnormallyLocked"),
        (FREELY, True, "lock", "KO_UnlockPlugInCharge"),
        (CITY, True, "flap_sensor", "KO_OnStreetOpenShutterInCharge"),
        (CITY, False, "flap_sensor", "KO_ShutterNotClosed"),
    ],
)
def test_lock_and_flap_leave_behind_what_was_wrong_at_that_moment(
    rules: PointRules, charging: bool, fault: str, seen: str
) -> None:
    bench = Bench(rules)
    if charging:
        bench.plug()
        bench.wait(10)
    bench.fault(fault, True)
    assert bench.status().last_error == seen
    bench.fault(fault, False)
    assert bench.status().last_error == seen


def test_a_plug_that_is_not_locked_before_the_charge_is_told_so() -> None:
    bench = Bench(PointRules(authorisation=FREE, derated=0))
    bench.plug()
    assert bench.status().outlet_status == "OK_PlugProcedureDone"
    bench.fault("lock", True)
    assert bench.status().last_error == "KO_PlugOrShutterAbnormallyNotLocked"


def test_a_flap_that_does_not_open_for_a_plugged_cable_is_told_so() -> None:
    bench = Bench(PointRules(authorisation=BY_BADGE, flap=True))
    bench.plug()
    bench.fault("flap_sensor", True)
    assert bench.status().last_error == "KO_ShutterNotOpened"
