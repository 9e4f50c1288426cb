"""Charging profiles at work: a central system that checks every message sets them, and charges follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.station import StationCore
from core.values.simulation import Vehicle
from tests.core.ocpp.smart_charging.examples import payload, stamp
from tests.core.ocpp.supervised import advance, by_ocpp, is_quiet, set_up, supervised, until
from tests.peers.central import CentralSystem
from tests.stations import log_in, running_station

pytestmark = pytest.mark.peer("node", "ocpp-rpc")

HUNGRY = Vehicle(phases=3, demand=32.0)


async def let_control(core: StationCore) -> None:
    await (await log_in(core, "local")).change_settings({"energy.external_control": "yes"})
    await core.tick()


async def install(central: CentralSystem, connector: int, profile: dict[str, Any]) -> str:
    answer = await central.call(
        "SetChargingProfile", {"connectorId": connector, "csChargingProfiles": profile}
    )
    return str(answer["status"])


async def charge(core: StationCore, central: CentralSystem, point: int = 1) -> int:
    """Begin a charge; the central system's number of it."""
    before = central.last_transaction
    await core.parts.charging.sim_plug(point, HUNGRY)
    await core.parts.charging.present_badge(f"AABBCC0{point}", point)
    await until(core, lambda _: shown(core, point) == before + 1)
    return before + 1


def shown(core: StationCore, point: int) -> int | None:
    session = core.parts.charging.charge_points()[point - 1].session
    return None if session is None else session.transaction_id


def offered(core: StationCore) -> list[float]:
    return [point.offered_current for point in core.parts.charging.charge_points()]


async def test_a_default_profile_limits_the_charge_from_period_to_period(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await let_control(core)
        await charge(core, central)
        default = payload(1, "TxDefaultProfile", (0, 16), (60, 10), (120, 4), starts=0)
        assert await install(central, 1, default) == "Accepted"
        await advance(core, 5)
        assert offered(core) == [16, 0]
        limits = {limit.source: limit.current for limit in core.parts.charging.charge_points()[0].limits}
        assert limits["external"] == 16
        await advance(core, 60)
        assert offered(core) == [10, 0]
        await until(core, is_quiet)
        await advance(core, 60)
        await until(core, is_quiet)
        assert offered(core) == [0, 0], "less than 6 A cannot be offered: the charge pauses"
        assert (await central.call("ClearChargingProfile", {"id": 1}))["status"] == "Accepted"
        assert (await central.call("ClearChargingProfile", {"id": 1}))["status"] == "Unknown"
        await advance(core, 5)
        assert offered(core) == [32, 0]


async def test_a_profile_of_a_charge_ends_with_it(tmp_path: Path, central: CentralSystem) -> None:
    async with supervised(tmp_path, central) as core:
        await let_control(core)
        own = payload(2, "TxProfile", (0, 8), kind="Relative", starts=None)
        assert await install(central, 1, own) == "Rejected", "no charge is open"
        number = await charge(core, central)
        assert await install(central, 1, own | {"transactionId": number + 1}) == "Rejected"
        assert await install(central, 1, own | {"transactionId": number}) == "Accepted"
        await advance(core, 5)
        assert offered(core)[0] == 8
        await core.parts.charging.sim_unplug(1)
        await advance(core, 1)
        assert core.parts.smart.installed == ()
        await charge(core, central)
        await advance(core, 5)
        assert offered(core)[0] == 32


async def test_a_limit_of_the_station_is_shared_by_its_charge_points(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await let_control(core)
        await (await log_in(core, "local")).change_settings({"energy.load_balancing": "no"})
        whole = payload(3, "ChargePointMaxProfile", (0, 40))
        await charge(core, central, 1)
        await charge(core, central, 2)
        await advance(core, 30)
        assert offered(core) == [32, 32]
        assert await install(central, 0, whole) == "Accepted"
        await advance(core, 60)
        assert offered(core) == [20, 20]


async def test_profiles_are_there_after_a_restart_of_the_station(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await let_control(core)
        assert await install(central, 0, payload(4, "TxDefaultProfile", (0, 12))) == "Accepted"
    async with running_station("parking-2", tmp_path) as core:
        limits = core.parts.charging.charge_points()[0].limits
        assert {limit.source: limit.current for limit in limits}["external"] == 12


async def test_nothing_is_limited_while_nothing_outside_may_control_the_station(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        assert await install(central, 0, payload()) == "Rejected"
        await let_control(core)
        assert await install(central, 0, payload()) == "Accepted"
        await (await log_in(core, "local")).change_settings({"energy.external_control": "no"})
        await advance(core, 2)
        assert all(
            limit.source != "external"
            for each in core.parts.charging.charge_points()
            for limit in each.limits
        )


async def test_a_profile_that_cannot_be_is_rejected(tmp_path: Path, central: CentralSystem) -> None:
    cannot = [
        (3, payload()),
        (1, payload(1, "ChargePointMaxProfile")),
        (0, payload(1, "TxProfile")),
        (1, payload(1, "TxDefaultProfile", (7, 10))),
        (1, payload(level=99)),
        (1, payload(kind="Recurring")),
    ]
    async with supervised(tmp_path, central) as core:
        await let_control(core)
        for connector, wrong in cannot:
            assert await install(central, connector, wrong) == "Rejected", wrong
        assert core.parts.smart.installed == ()


async def test_the_composite_schedule_is_what_will_be_offered(tmp_path: Path, central: CentralSystem) -> None:
    async with supervised(tmp_path, central) as core:
        await let_control(core)
        await install(central, 1, payload(1, "TxDefaultProfile", (0, 16), (600, 10), starts=-300))
        await install(central, 0, payload(2, "ChargePointMaxProfile", (0, 40), (600, 13)))
        asked = {"connectorId": 1, "duration": 900}
        answer = await central.call("GetCompositeSchedule", asked)
        begin = core.parts.clock.now()
        assert answer["scheduleStart"] == begin.isoformat(timespec="seconds").replace("+00:00", "Z")
        assert answer["chargingSchedule"] == {
            "duration": 900,
            "chargingRateUnit": "A",
            "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 16}, {"startPeriod": 300, "limit": 10}],
        }
        in_watts = await central.call("GetCompositeSchedule", asked | {"chargingRateUnit": "W"})
        assert in_watts["chargingSchedule"]["chargingSchedulePeriod"][0]["limit"] == 11040
        of_station = await central.call("GetCompositeSchedule", asked | {"connectorId": 0})
        assert [each["limit"] for each in of_station["chargingSchedule"]["chargingSchedulePeriod"]] == [
            40,
            13,
        ]
        assert (await central.call("GetCompositeSchedule", asked | {"connectorId": 9}))[
            "status"
        ] == "Rejected"


async def test_the_fallback_current_holds_while_the_central_system_that_limits_is_lost(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await let_control(core)
        await set_up(core, by_ocpp(central, fallback_current=8))
        await install(central, 0, payload(1, "TxDefaultProfile", (0, 20)))
        core.parts.causes.set(30, True)
        await core.parts.smart.tick()
        point = core.parts.charging.charge_points()[0]
        assert {limit.source: limit.current for limit in point.limits}["external"] == 8
        core.parts.causes.set(30, False)
        await core.parts.smart.tick()
        point = core.parts.charging.charge_points()[0]
        assert {limit.source: limit.current for limit in point.limits}["external"] == 20


async def test_a_validity_that_has_not_begun_limits_nothing_yet(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        await let_control(core)
        later = payload(1, "TxDefaultProfile", (0, 9), validFrom=stamp(3600))
        assert await install(central, 0, later) == "Accepted"
        await advance(core, 1)
        assert "external" not in {limit.source for limit in core.parts.charging.charge_points()[0].limits}
        await advance(core, 3600)
        assert "external" in {limit.source for limit in core.parts.charging.charge_points()[0].limits}
