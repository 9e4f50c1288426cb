"""Charges through what interrupts them: a lost link, a power cut, a central system that has forgotten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.station import StationCore
from core.values.simulation import Vehicle
from tests.core.ocpp.charges import ANNA, BERT, badge, begin, plug, shown
from tests.core.ocpp.supervised import advance, come_back, is_quiet, set_up, supervised, until
from tests.peers.central import CentralSystem
from tests.stations import running_station

pytestmark = pytest.mark.peer("node", "ocpp-rpc")

OF_CHARGES = {"StartTransaction", "MeterValues", "StopTransaction"}


def of_charges(central: CentralSystem) -> list[str]:
    """What was said of charges, in order."""
    return [each for each in central.actions() if each in OF_CHARGES]


async def lose(core: StationCore, central: CentralSystem) -> None:
    """The link breaks off, and nobody lets the station in again."""
    await central.door(status=503)
    central.drop()
    await until(core, lambda status: status.state == "waiting")


async def find_again(core: StationCore, central: CentralSystem) -> None:
    await central.door()
    await come_back(core)
    await until(core, is_quiet)


async def test_a_charge_that_began_with_the_link_and_ended_without_it_is_told_once_it_is_back(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        number = await begin(core, central)
        await lose(core, central)
        await advance(core, 61)
        await core.parts.charging.sim_unplug(1)
        await find_again(core, central)
        await central.heard("StopTransaction")
        assert of_charges(central) == ["StartTransaction", "MeterValues", "StopTransaction"]
        told = central.calls("MeterValues") + central.calls("StopTransaction")
        assert [each["transactionId"] for each in told] == [number, number]
        assert told[0]["meterValue"][0]["timestamp"] == "2026-03-02T12:01:00Z"
        assert told[1]["timestamp"] == "2026-03-02T12:01:01Z"


async def test_a_charge_that_began_without_the_link_has_its_number_when_it_is_back_and_ends_with_it(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await lose(core, central)
        await plug(core)
        await badge(core, ANNA)
        assert shown(core)[0] == 1
        await central.door()
        await come_back(core)
        await until(core, lambda _: shown(core)[0] == central.last_transaction)
        await until(core, is_quiet)
        assert central.calls("StartTransaction")[0]["timestamp"] == "2026-03-02T12:00:00Z"
        order = {"transactionId": central.last_transaction}
        assert await central.call("RemoteStopTransaction", order) == {"status": "Accepted"}
        assert (await central.heard("StopTransaction"))["reason"] == "Remote"


async def test_a_charge_that_was_told_before_the_link_was_lost_is_not_told_again(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await begin(core, central)
        await core.parts.charging.sim_unplug(1)
        await central.heard("StopTransaction")
        await until(core, is_quiet)
        await lose(core, central)
        await find_again(core, central)
        assert of_charges(central) == ["StartTransaction", "StopTransaction"]


async def test_a_power_cut_ends_a_charge_with_its_last_known_values(
    tmp_path: Path, central: CentralSystem
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    async with supervised(before, central) as core:
        number = await begin(core, central)
        await advance(core, 120)
        await central.heard("MeterValues", 2)
        await until(core, is_quiet)
        shutil.copytree(before, after, ignore=shutil.ignore_patterns("*.sock", "*.lock"))
        await lose(core, central)
        await central.door()
        async with running_station("parking-2", after) as back:
            stopped = await central.heard("StopTransaction")
            assert (stopped["transactionId"], stopped["reason"]) == (number, "PowerLoss")
            assert stopped["meterStop"] == 368
            assert len(central.calls("StartTransaction")) == 1
            await until(back, is_quiet)


async def test_who_was_accepted_before_charges_without_the_link_until_the_cache_is_cleared(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await set_up(core, {"general.offline_strategy": "reject_all"})
        await begin(core, central)
        await core.parts.charging.sim_unplug(1)
        await until(core, is_quiet)
        await lose(core, central)
        await plug(core)
        await badge(core, BERT, 1)
        assert shown(core)[0] is None
        await badge(core, ANNA, 1)
        assert shown(core)[0] is not None
        await core.parts.charging.sim_unplug(1)
        await find_again(core, central)
        assert await central.call("ClearCache") == {"status": "Accepted"}
        await lose(core, central)
        await plug(core)
        await badge(core, ANNA, 1)
        assert shown(core)[0] is None


@pytest.mark.parametrize("key", ["AuthorizationCacheEnabled", "LocalAuthorizeOffline"])
async def test_nobody_is_let_in_without_the_link_where_the_central_system_wants_to_be_asked(
    key: str, tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await set_up(core, {"general.offline_strategy": "reject_all"})
        await plug(core)
        await badge(core, ANNA)
        await central.heard("StartTransaction")
        await until(core, is_quiet)
        await core.parts.charging.sim_unplug(1)
        await central.heard("StopTransaction")
        for value, charges in (("false", False), ("true", True)):
            await until(core, is_quiet)
            change = {"key": key, "value": value}
            assert await central.call("ChangeConfiguration", change) == {"status": "Accepted"}
            await lose(core, central)
            await plug(core)
            await badge(core, ANNA, 1)
            assert (shown(core)[0] is not None) is charges
            await core.parts.charging.sim_unplug(1)
            await find_again(core, central)


async def test_a_central_system_that_has_forgotten_the_station_hears_who_it_is(
    tmp_path: Path, central: CentralSystem
) -> None:
    central.answers["Heartbeat"] = lambda _: "SecurityError"
    async with supervised(tmp_path, central) as core:
        central.drop()
        await until(core, lambda status: status.state == "waiting")
        await come_back(core)
        await central.heard("BootNotification", 2)
        await until(core, lambda status: status.state == "connected")
        assert central.actions()[-2:] == ["Heartbeat", "BootNotification"]


async def test_the_link_that_is_back_is_not_told_that_it_was_lost(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central, message_timeout=30) as core:
        await lose(core, central)
        await advance(core, 31)
        assert core.parts.causes.is_active(30)
        await find_again(core, central)
        await core.tick()
        await core.parts.charging.sim_plug(1, Vehicle())
        await core.tick()
        await central.until(lambda: central.status_of(1) == "Preparing")
        assert {each["errorCode"] for each in central.calls("StatusNotification")} == {"NoError"}


async def test_the_time_of_the_central_system_is_known_once_it_has_accepted_the_station(
    tmp_path: Path, central: CentralSystem
) -> None:
    central.answers["BootNotification"] = lambda _: {
        "status": "Accepted",
        "currentTime": "2026-03-02T12:05:00.250Z",
        "interval": 300,
    }
    async with supervised(tmp_path, central) as core:
        assert core.parts.supervision.status().clock_offset_s == 300.25
