"""Charging with its memory: sessions and records over ticks, restarts and deaths."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.cdrs import open_sessions
from core.clock import SystemClock
from core.errors import Busy, Invalid, NotAllowed, NotFound
from core.events import RecordAdded, StatusChanged
from core.values.simulation import Vehicle
from tests.core.charging_house import START, house

BADGE = "E1EB1C02"


async def test_unplugging_answers_with_the_record_that_is_stored(tmp_path: Path) -> None:
    async with house(tmp_path) as station:
        await station.charging.sim_plug(1, Vehicle(energy_wh=22_080))
        await station.charging.sim_badge(BADGE)
        await station.wait(7200)
        outcome = await station.charging.sim_unplug(1)
        assert outcome.record is not None
        assert [outcome.record] == await station.records()
        assert outcome.record.number == 1
        assert outcome.record.energy_kwh == 22.08
        assert outcome.record.duration_s == 7200
        assert outcome.record.start == START
        assert outcome.record.charge_type == "AC_THREE_PHASE"
        assert outcome.record.station == station.profile.identity.serial_number
        assert outcome.changed
        assert RecordAdded(number=1) in station.events
        assert not (await station.charging.sim_unplug(1)).changed


async def test_a_death_closes_the_session_at_what_was_known_last(tmp_path: Path) -> None:
    async with house(tmp_path) as station:
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.sim_badge(BADGE)
        await station.wait(3600)
        await station.wait(10)
    async with house(tmp_path) as again:
        (record,) = await again.records()
        assert (record.uid, record.stop_reason) == (BADGE, "power_loss")
        assert record.duration_s == 3600
        assert record.energy_kwh == 22.08
        assert record.end == START + timedelta(hours=1)
        assert again.charging.charge_points()[0].session is None
        assert again.charging.charge_points()[0].energy_wh == 22_080
    async with house(tmp_path) as once_more:
        assert len(await once_more.records()) == 1


async def test_an_open_session_is_stored_at_its_start_and_every_half_minute(tmp_path: Path) -> None:
    async with house(tmp_path) as station:
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.sim_badge(BADGE)
        durations = []
        for _ in range(7):
            (kept,) = await station.storage.read(open_sessions.left_open)
            durations.append(kept.duration_s)
            await station.wait(10)
        assert durations == [0, 0, 0, 30, 30, 30, 60]


async def test_an_orderly_end_closes_every_session_with_its_reason(tmp_path: Path) -> None:
    async with house(tmp_path, general__authentication_location="disable") as station:
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.sim_plug(2, Vehicle())
        await station.wait(60)
        await station.charging.end_all("restart")
        records = await station.records()
        assert [record.stop_reason for record in records] == ["restart", "restart"]
        assert [record.number for record in records] == [1, 2]
        assert await station.storage.read(open_sessions.left_open) == []


async def test_numbers_and_transactions_go_on_after_a_restart(tmp_path: Path) -> None:
    for _ in range(3):
        async with house(tmp_path, general__authentication_location="disable") as station:
            await station.charging.sim_plug(1, Vehicle(energy_wh=1000))
            await station.wait(600)
            await station.charging.sim_unplug(1)
    async with house(tmp_path) as station:
        records = await station.records()
        assert [record.number for record in records] == [1, 2, 3]
        assert [record.transaction_id for record in records] == [1, 2, 3]
        assert [record.meter_start_wh for record in records] == [0, 1000, 2000]


async def test_a_wall_clock_that_is_set_changes_no_duration(tmp_path: Path) -> None:
    async with house(tmp_path) as station:
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.sim_badge(BADGE)
        await station.wait(100)
        await station.charging.sim_advance(START + timedelta(days=365), step=True)
        await station.wait(100)
        record = (await station.charging.sim_unplug(1)).record
        assert record is not None
        assert record.duration_s == 200
        assert record.end == START + timedelta(days=365, seconds=100)


async def test_a_setting_is_followed_at_once(tmp_path: Path) -> None:
    async with house(tmp_path, socket__1__derated_current="20") as station:
        assert station.charging.charge_points()[0].limits[1].current == 20


async def test_an_error_is_shown_with_its_name_and_where_it_is_set_right(tmp_path: Path) -> None:
    async with house(tmp_path, socket__2__input_1="protection_devices") as station:
        (error,) = station.charging.errors()
        assert (error.number, error.point, error.since) == (11, 2, START)
        assert (error.tab, error.sub_tab) == ("energy", "sockets")
        assert (station.charging.state(), station.charging.light()) == ("Fault", "fault")
        assert [note.action for note in station.notes] == []
        await station.charging.sim_input(2, "input_1", True)
        assert (station.charging.state(), station.charging.light()) == ("Operational", "ready")


async def test_errors_and_what_decides_over_a_charge_are_logged(tmp_path: Path) -> None:
    saved = {"socket__1__input_1": "load_shedding", "socket__1__load_shedding_set_point": "16"}
    async with house(tmp_path, general__authentication_location="disable", **saved) as station:
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.sim_input(1, "input_1", True)
        await station.charging.sim_fault(1, "surge_arrestor", True)
        await station.charging.sim_fault(1, "surge_arrestor", False)
        told = [(note.action, note.old, note.new) for note in station.notes]
        assert told == [
            ("limit_changed", "32 A (rated)", "16 A (load_shedding_input)"),
            ("error_raised", None, "Err #6"),
            ("error_cleared", "Err #6", None),
            ("limit_changed", "32 A (rated)", "16 A (load_shedding_input)"),
        ]
        assert station.notes[0].text == "input_1 asks for load shedding, set point 16 A"


async def test_an_external_system_limits_a_charge_while_it_may(tmp_path: Path) -> None:
    free = {"general__authentication_location": "disable"}
    async with house(tmp_path, energy__external_control="yes", **free) as station:
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.limit_from_outside(1, 10, "OCPP")
        point = station.charging.charge_points()[0]
        assert (point.offered_current, point.limits[-2].source) == (10, "external")
        await station.charging.limit_from_outside(1, 5.9, "BMS")
        paused = station.charging.charge_points()[0]
        assert (paused.offered_current, paused.session is not None) == (0, True)
        assert "not_Enough_Energy_To_Start_Charge" in paused.evse_status
        await station.charging.limit_from_outside(1, None, "BMS")
        assert [(note.new, note.text) for note in station.notes] == [
            ("10 A (external)", "set by OCPP"),
            ("5.9 A (external)", "set by BMS"),
            ("10 A (external)", "set by OCPP"),
        ]
        with pytest.raises(Invalid, match="0 to 80 A"):
            await station.charging.limit_from_outside(1, 81, "OCPP")
        with pytest.raises(NotFound):
            await station.charging.limit_from_outside(3, 8, "OCPP")


async def test_nothing_outside_limits_a_station_that_is_not_externally_controlled(tmp_path: Path) -> None:
    free = {"general__authentication_location": "disable"}
    async with house(tmp_path, energy__external_control="yes", **free) as station:
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.limit_from_outside(1, 10, "OCPP")
        station.settings._values["energy.external_control"] = "no"
        await station.charging.tick()
        assert station.charging.charge_points()[0].offered_current == 32
        with pytest.raises(NotAllowed, match="Advanced settings"):
            await station.charging.limit_from_outside(1, 10, "OCPP")
        station.settings._values["energy.external_control"] = "yes"
        await station.charging.tick()
        assert station.charging.charge_points()[0].offered_current == 32


async def test_the_light_follows_the_station(tmp_path: Path) -> None:
    async with house(tmp_path, "wallbox-key") as station:
        assert station.charging.light() == "ready"
        await station.charging.sim_plug(1, Vehicle(phases=1))
        assert station.charging.light() == "charging"
        await station.charging.sim_input(1, "key_lock", True)
        assert (station.charging.state(), station.charging.light()) == ("Unavailable", "off")


async def test_the_second_point_has_the_next_address(tmp_path: Path) -> None:
    async with house(tmp_path) as station:
        assert [status.designation for status in station.charging.charge_points()] == ["102", "103"]


async def test_what_cannot_be_simulated_is_refused_in_words(tmp_path: Path) -> None:
    async with house(tmp_path) as station:
        await station.charging.sim_plug(1, Vehicle())
        with pytest.raises(Busy):
            await station.charging.sim_plug(1, Vehicle())
        with pytest.raises(NotFound, match="no charge point 3"):
            await station.charging.sim_plug(3, Vehicle())
        with pytest.raises(NotFound, match="input_1"):
            await station.charging.sim_input(1, "push_button", True)
        with pytest.raises(NotFound, match="surge_arrestor"):
            await station.charging.sim_fault(1, "flap_sensor", True)
        with pytest.raises(Invalid):
            await station.charging.sim_badge("no hex")
        with pytest.raises(Invalid, match="backwards"):
            await station.charging.sim_advance(START - timedelta(seconds=1))


async def test_a_station_on_the_real_clock_cannot_be_turned(tmp_path: Path) -> None:
    async with house(tmp_path) as station:
        station.charging._clock = SystemClock()
        with pytest.raises(NotAllowed):
            await station.charging.sim_speed(10)


async def test_whoever_watches_is_told_of_changes_and_of_flowing_energy(tmp_path: Path) -> None:
    async with house(tmp_path) as station:
        await station.charging.tick()
        station.events.clear()
        await station.charging.tick()
        assert station.events == []
        await station.charging.sim_plug(1, Vehicle())
        assert station.events == [StatusChanged()]


async def test_with_a_full_disk_charging_goes_on_and_its_records_follow(tmp_path: Path) -> None:
    async with house(tmp_path, general__authentication_location="disable") as station:
        (pages,) = await station.storage.read(lambda link: link.execute("PRAGMA page_count").fetchone())
        await station.storage.write(lambda link: link.execute(f"PRAGMA max_page_count={pages}").fetchone())
        served = 0
        while not station.storage.is_full:
            await station.charging.sim_plug(1, Vehicle(energy_wh=1000))
            await station.wait(600)
            await station.charging.sim_unplug(1)
            served += 1
            assert served < 200
        await station.charging.sim_plug(1, Vehicle())
        await station.wait(60)
        assert station.charging.charge_points()[0].power_w > 0
        outcome = await station.charging.sim_unplug(1)
        assert outcome.record is None
        await station.storage.write(lambda link: link.execute("PRAGMA max_page_count=100000").fetchone())
        await station.storage.flush()
        records = await station.records()
        assert [record.number for record in records] == list(range(1, served + 2))
        assert len({record.transaction_id for record in records}) == served + 1
        assert await station.storage.read(open_sessions.left_open) == []
