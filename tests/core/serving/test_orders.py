"""Orders from outside: what becomes of them, and what Live status says."""

from pathlib import Path

import pytest

from core.errors import Invalid, NotAllowed, NotFound
from core.values.outside import Outsider
from core.values.simulation import Vehicle
from core.values.status import ChargePointStatus
from tests.core.charging_house import House, house
from tests.core.serving.supervision import CONTROLLED, answers, supervised

FREE = {"general__authentication_location": "disable", **CONTROLLED}


def status(station: House, point: int = 1) -> ChargePointStatus:
    return station.charging.charge_points()[point - 1]


async def test_a_remote_start_waits_for_the_vehicle_and_carries_its_id_tag(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, central):
        assert await station.charging.remote_start(None, "app-17") == "accepted"
        await station.charging.sim_plug(2, Vehicle())
        session = status(station, 2).session
        assert session is not None
        assert session.uid == "app-17"
        assert await station.charging.remote_start(2, "app-18") == "occupied"
        assert central.asked == []


async def test_a_remote_start_may_ask_the_supervision_first(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, central):
        await station.charging.sim_plug(1, Vehicle())
        assert await station.charging.remote_start(1, "app-17", ask=True) == "accepted"
        assert status(station).session is None
        await answers()
        assert central.asked == [("app-17", 1)]
        assert status(station).session is not None


async def test_a_charge_that_the_supervision_has_named_is_stopped_by_that_number(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        await station.charging.remote_start(1, "app-17")
        await station.charging.sim_plug(1, Vehicle())
        session = status(station).session
        assert session is not None
        assert await station.charging.remote_stop(session.local_id) == "no_charge"
        await station.charging.transaction_named(session.local_id, 635916612)
        shown = status(station).session
        assert shown is not None
        assert shown.transaction_id == 635916612
        assert await station.charging.remote_stop(635916612) == "accepted"
        (record,) = await station.records()
        assert (record.transaction_id, record.stop_reason) == (635916612, "remote")
        assert status(station).last_charge_status == "Cancelled_By_Supervisor"


async def test_a_record_that_was_stored_before_gets_its_number_later(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        for _visit in range(2):
            await station.charging.remote_start(1, "app-17")
            await station.charging.sim_plug(1, Vehicle())
            await station.charging.sim_unplug(1)
        await station.charging.transaction_named(1, 2)
        assert [record.transaction_id for record in await station.records()] == [2, 2]


@pytest.mark.parametrize(
    ("origin", "word"),
    [("ocpp", "Unavailable_OCPP_Cmd_Received"), ("plc", "Unavailable_Plc_Cmd_Received")],
)
async def test_out_of_service_waits_for_the_charge_outlasts_a_restart_and_is_shown(
    tmp_path: Path, origin: Outsider, word: str
) -> None:
    saved = {**CONTROLLED, "general__authentication_location": "disable"}
    async with supervised(tmp_path, **saved) as (station, _):
        await station.charging.sim_plug(1, Vehicle())
        assert await station.charging.set_available(None, False, origin=origin) == "scheduled"
        assert word in status(station).evse_status
        assert (status(station).available, status(station).power_w) == (True, 22_080)
        assert (status(station, 2).available, status(station, 2).outlet_status) == (False, "OK_Unavailable")
        await station.charging.sim_unplug(1)
        assert not status(station).available
        assert station.charging.state() == "Unavailable"
    async with supervised(tmp_path, **saved) as (station, _):
        await station.charging.sim_plug(1, Vehicle())
        assert (status(station).ev_state, status(station).session) == ("F_NotAvailable", None)
        assert word in status(station).evse_status
        assert await station.charging.set_available(1, True, origin=origin) == "accepted"
        assert status(station).power_w > 0
        assert not status(station, 2).available


async def test_each_system_takes_back_only_what_it_ordered_itself(tmp_path: Path) -> None:
    async with supervised(tmp_path, **CONTROLLED) as (station, _):
        await station.charging.set_available(1, False, origin="ocpp")
        await station.charging.set_available(1, False, origin="plc")
        await station.charging.release("plc")
        assert not status(station).available
        await station.charging.set_available(1, True, origin="ocpp")
        assert status(station).available


async def test_a_suspended_charge_gets_no_current_until_it_is_resumed(tmp_path: Path) -> None:
    async with house(tmp_path, **FREE) as station:
        assert await station.charging.suspend(1) == "no_charge"
        await station.charging.sim_plug(1, Vehicle())
        assert await station.charging.suspend(1) == "accepted"
        assert (status(station).offered_current, status(station).session is None) == (0, False)
        assert "Suspend_Plc_Cmd_Received" in status(station).evse_status
        assert await station.charging.resume(1) == "accepted"
        assert status(station).offered_current == 32
        await station.charging.suspend(1)
        await station.charging.sim_unplug(1)
        await station.charging.sim_plug(1, Vehicle())
        assert status(station).offered_current == 32


async def test_a_postponed_charge_begins_when_it_may(tmp_path: Path) -> None:
    async with house(tmp_path, **FREE) as station:
        await station.charging.postpone(1, True)
        await station.charging.sim_plug(1, Vehicle())
        assert "Charge_Postpone" in status(station).evse_status
        assert status(station).offered_current == 0
        await station.charging.postpone(1, False)
        assert status(station).offered_current == 32


async def test_maintenance_keeps_everybody_out_after_the_charge(tmp_path: Path) -> None:
    async with house(tmp_path, "city-2", **FREE) as station:
        assert await station.charging.maintenance(1, True) == "accepted"
        await station.charging.sim_plug(1, Vehicle())
        assert status(station).session is None
        assert "Maintenance_Plc_Cmd_Received" in status(station).evse_status
        assert status(station).outlet_status == "OK_MaintenanceCity"
        await station.charging.maintenance(1, False)
        assert status(station).session is not None


async def test_everything_that_the_building_ordered_ends_with_its_control(tmp_path: Path) -> None:
    async with house(tmp_path, **FREE) as station:
        await station.charging.maintenance(1, True)
        await station.charging.postpone(2, True)
        await station.charging.sim_plug(2, Vehicle())
        await station.charging.suspend(2)
        await station.charging.release("plc")
        assert (status(station).available, status(station, 2).offered_current) == (True, 32)


async def test_nobody_orders_what_the_settings_do_not_let_him(tmp_path: Path) -> None:
    async with house(tmp_path) as station:
        with pytest.raises(NotAllowed):
            await station.charging.remote_start(1, "app-17")
        with pytest.raises(NotAllowed):
            await station.charging.remote_stop(1)
        with pytest.raises(NotAllowed):
            await station.charging.set_available(1, False, origin="plc")
        with pytest.raises(NotAllowed):
            await station.charging.stop(1, origin="plc")
        with pytest.raises(NotAllowed):
            await station.charging.postpone(1, True)


async def test_an_order_for_nothing_that_there_is_is_refused_in_its_words(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        with pytest.raises(NotFound):
            await station.charging.remote_start(3, "app-17")
        with pytest.raises(Invalid):
            await station.charging.remote_start(1, "x" * 21)
        with pytest.raises(Invalid):
            await station.charging.remote_start(1, "a\x1b[2J")


async def test_unlocking_ends_the_charge_and_lets_the_cable_go(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        await station.charging.remote_start(1, "app-17")
        await station.charging.sim_plug(1, Vehicle())
        assert await station.charging.unlock(1) == "unlocked"
        assert (await station.records())[0].stop_reason == "unlock_command"
        assert status(station).outlet_status == "OK_ChargeLoopEnded"


async def test_a_lock_that_stays_closed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with supervised(tmp_path) as (station, _):
        await station.charging.remote_start(1, "app-17")
        await station.charging.sim_plug(1, Vehicle())

        async def pass_by(seconds: float) -> None:
            station.clock.advance(seconds)

        monkeypatch.setattr(station.clock, "sleep", pass_by)
        await station.charging.sim_fault(1, "lock", True)
        assert await station.charging.unlock(1) == "failed"
        await station.charging.sim_fault(1, "lock", False)
        assert await station.charging.unlock(1) == "unlocked"


async def test_a_cable_of_the_station_is_not_unlocked(tmp_path: Path) -> None:
    async with supervised(tmp_path, "wallbox-rfid") as (station, _):
        assert station.profile.sockets[0].cable == "attached"
        assert await station.charging.unlock(1) == "not_supported"


async def test_a_station_without_a_reader_that_waits_for_a_command_takes_the_supervision_s(
    tmp_path: Path,
) -> None:
    saved = {"general__authentication_location": "disable", "general__remote_command_required": "yes"}
    async with supervised(tmp_path, "wallbox-key", **saved) as (station, _):
        await station.charging.sim_plug(1, Vehicle())
        assert status(station).session is None
        assert await station.charging.remote_start(1, "app-17") == "accepted"
        assert status(station).power_w > 0


async def test_remote_authorisation_takes_the_building_s_start_and_no_badge(tmp_path: Path) -> None:
    saved = {"general__authentication_location": "remote", **CONTROLLED}
    async with house(tmp_path, **saved) as station:
        await station.charging.sim_plug(1, Vehicle())
        assert await station.charging.present_badge("AABBCC", 1) is None
        assert status(station).session is None
        assert await station.charging.remote_start(1, origin="plc") == "accepted"
        assert status(station).power_w > 0
        assert await station.charging.stop(1, origin="plc") == "accepted"
        assert await station.charging.stop(1, origin="plc") == "no_charge"
        assert status(station).cpw_state == "Stop_Charging"


async def test_the_front_button_does_not_start_again_what_was_stopped_from_outside(tmp_path: Path) -> None:
    async with supervised(tmp_path, "wallbox-rfid", general__push_button="yes") as (station, _):
        await station.charging.remote_start(1, "app-17")
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.stop(1, origin="ocpp")
        await station.charging.sim_input(1, "push_button", True)
        assert status(station).session is None
