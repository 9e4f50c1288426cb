"""Charges that are counted by a power meter, and go on without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import Invalid
from core.values.simulation import Vehicle
from tests.core.charging_house import House, house

WITH_METER = {"meter__1__metering": "iem_3x5x", "general__authentication_location": "disable"}
ACTIVE = 3 * 32 * 230 * 0.98


def errors(station: House) -> set[int]:
    return {error.number for error in station.charging.errors() if error.point == 1}


async def test_a_charge_is_counted_by_its_meter(tmp_path: Path) -> None:
    async with house(tmp_path, **WITH_METER) as station:
        await station.charging.sim_plug(1, Vehicle())
        await station.wait(3600)
        status = station.charging.charge_points()[0]
        assert status.power_w == round(ACTIVE)
        assert status.voltage == (230.0, 230.0, 230.0)
        assert status.meter is not None
        assert (status.meter.source, status.meter.state) == ("iem_3x5x", "answering")
        record = (await station.charging.sim_unplug(1)).record
        assert record is not None
        assert record.energy_kwh == pytest.approx(ACTIVE / 1000, abs=0.001)
        assert record.max_power_w == round(ACTIVE)
        other = station.charging.charge_points()[1].meter
        assert other is not None
        assert other.source == "internal_ct"


async def test_a_charge_goes_on_without_its_meter_and_nothing_is_lost_when_it_is_back(tmp_path: Path) -> None:
    async with house(tmp_path, meter__phase_neutral_voltage="200", **WITH_METER) as station:
        await station.charging.sim_plug(1, Vehicle())
        await station.wait(3600)
        await station.charging.sim_fault(1, "meter_silent", True)
        assert errors(station) == {12}
        status = station.charging.charge_points()[0]
        assert status.session is not None
        assert (status.power_w, status.voltage) == (3 * 32 * 200, (200.0, 200.0, 200.0))
        assert status.meter is not None
        assert status.meter.state == "silent"
        before = status.session.energy_wh
        await station.wait(1800)
        during = station.charging.charge_points()[0].session
        assert during is not None
        assert during.energy_wh == pytest.approx(before + 3 * 32 * 100, abs=1)
        await station.charging.sim_fault(1, "meter_silent", False)
        assert errors(station) == set()
        record = (await station.charging.sim_unplug(1)).record
        assert record is not None
        assert record.energy_kwh == pytest.approx(1.5 * ACTIVE / 1000, abs=0.001)
        assert [note.new or note.old for note in station.notes if note.action.startswith("error_")] == [
            "Err #12",
            "Err #12",
        ]


async def test_only_a_meter_that_is_there_can_fall_silent(tmp_path: Path) -> None:
    async with house(tmp_path, **WITH_METER) as station:
        with pytest.raises(Invalid, match="no power meter") as refused:
            await station.charging.sim_fault(2, "meter_silent", True)
        assert "meter.2.metering is internal_ct" in refused.value.message
        assert errors(station) == set()


async def test_a_meter_is_used_from_the_next_session_on(tmp_path: Path) -> None:
    async with house(tmp_path, general__authentication_location="disable") as station:
        await station.charging.sim_plug(1, Vehicle())
        plan = station.settings.plan({"meter.1.metering": "iem_3x5x"}, account="admin")
        station.settings.accept(plan)
        await station.wait(60)
        (status, _) = station.charging.charge_points()
        assert (status.power_w, status.meter and status.meter.source) == (22_080, "internal_ct")
        await station.charging.sim_unplug(1)
        await station.charging.sim_plug(1, Vehicle())
        await station.wait(60)
        (status, _) = station.charging.charge_points()
        assert (status.power_w, status.meter and status.meter.source) == (round(ACTIVE), "iem_3x5x")


@pytest.mark.parametrize("metering", ["iem_3x5x", "internal_ct"])
@pytest.mark.parametrize(
    ("wiring", "phase"),
    [
        ("meter_123_contactor_123", 0),
        ("meter_312_contactor_312", 2),
        ("meter_123_contactor_312", 2),
        ("meter_312_contactor_231", 1),
        ("meter_123_contactor_231", 1),
    ],
)
async def test_a_single_phase_charge_shows_on_the_network_phase_that_it_loads(
    tmp_path: Path, metering: str, wiring: str, phase: int
) -> None:
    settings = {**WITH_METER, "meter__1__metering": metering}
    async with house(tmp_path, meter__1__phases=wiring, **settings) as station:
        await station.charging.sim_plug(1, Vehicle(phases=1))
        await station.wait(10)
        current = station.charging.charge_points()[0].current
        assert current[phase] == 32
        assert sum(current) == 32
        record = (await station.charging.sim_unplug(1)).record
        assert record is not None
        assert record.charge_type == "AC_SINGLE_PHASE"


async def test_looking_at_a_simulated_meter_leaves_its_vehicle_where_it_is(tmp_path: Path) -> None:
    async with house(tmp_path, **WITH_METER) as station:
        await station.charging.sim_plug(1, Vehicle(energy_wh=5000))
        await station.wait(60)
        station.clock.advance(3600)
        shown = station.meters.status(1)
        assert shown.energy_wh is not None
        await station.charging.tick()
        record = (await station.charging.sim_unplug(1)).record
        assert record is not None
        # The vehicle counts apparent energy.
        assert record.energy_kwh == pytest.approx(5 * 0.98, abs=0.002)
        assert station.meters.status(1).energy_wh == pytest.approx(shown.energy_wh + 4900 - 361, abs=2)


async def test_a_charge_does_not_pay_for_what_was_estimated_too_high_before_it(tmp_path: Path) -> None:
    async with house(tmp_path, meter__phase_neutral_voltage="276", **WITH_METER) as station:
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.sim_fault(1, "meter_silent", True)
        await station.wait(3600)
        await station.charging.sim_fault(1, "meter_silent", False)
        first = (await station.charging.sim_unplug(1)).record
        await station.charging.sim_plug(1, Vehicle())
        await station.wait(600)
        second = (await station.charging.sim_unplug(1)).record
        assert first is not None
        assert second is not None
        assert first.energy_kwh == pytest.approx(3 * 32 * 276 / 1000, abs=0.001)
        assert second.energy_kwh == pytest.approx(ACTIVE / 6000, abs=0.001)
        assert second.meter_start_wh == first.meter_stop_wh


async def test_what_a_charge_missed_without_its_meter_is_not_put_on_the_next_one(tmp_path: Path) -> None:
    async with house(tmp_path, meter__phase_neutral_voltage="0", **WITH_METER) as station:
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.sim_fault(1, "meter_silent", True)
        await station.wait(3600)
        await station.charging.sim_unplug(1)
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.sim_fault(1, "meter_silent", False)
        await station.wait(600)
        second = (await station.charging.sim_unplug(1)).record
        assert second is not None
        assert second.energy_kwh == pytest.approx(ACTIVE / 6000, abs=0.001)
