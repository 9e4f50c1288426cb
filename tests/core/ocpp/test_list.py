"""The local list and reservations, as the central system sends them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.station import StationCore
from core.values.simulation import Vehicle
from tests.core.ocpp.charges import ANNA, BERT
from tests.core.ocpp.supervised import advance, is_quiet, set_up, supervised, until
from tests.peers.central import CentralSystem
from tests.stations import running_station

pytestmark = pytest.mark.peer("node", "ocpp-rpc")


def entry(id_tag: str, status: str | None = "Accepted", **more: str) -> dict[str, Any]:
    return {"idTag": id_tag} if status is None else {"idTag": id_tag, "idTagInfo": {"status": status, **more}}


async def send(central: CentralSystem, version: int, kind: str, *entries: dict[str, Any]) -> str:
    answer = await central.call(
        "SendLocalList",
        {"listVersion": version, "updateType": kind, "localAuthorizationList": list(entries)},
    )
    return str(answer["status"])


async def version(central: CentralSystem) -> int:
    return int((await central.call("GetLocalListVersion"))["listVersion"])


async def offline(core: StationCore, central: CentralSystem) -> None:
    await central.door(status=503)
    central.drop()
    await until(core, lambda status: status.state == "waiting")


async def charging_uid(core: StationCore, uid: str) -> str | None:
    """Who charges at charge point 1 after presenting a badge there."""
    await core.parts.charging.present_badge(uid, 1)
    (point, *_) = core.parts.charging.charge_points()
    return None if point.session is None else point.session.uid


async def test_a_list_is_taken_whole_then_changed_and_outlasts_a_restart(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central):
        assert await version(central) == 0
        assert await send(central, 3, "Full", entry(ANNA), entry(BERT, "Blocked")) == "Accepted"
        assert await send(central, 3, "Differential", entry(BERT)) == "VersionMismatch"
        assert await send(central, 4, "Differential", entry(BERT, None)) == "Accepted"
        assert await send(central, 5, "Full", entry(ANNA), entry(ANNA.lower())) == "Failed"
        assert await send(central, 5, "Full", entry(ANNA, None)) == "Failed"
        assert await send(central, 0, "Full") == "Failed"
    async with running_station("parking-2", tmp_path) as core:
        await central.heard("BootNotification", 2)
        assert await version(central) == 4
        assert await core.parts.charging.authority.listed(ANNA) is not None
        assert await core.parts.charging.authority.listed(BERT) is None
        off = {"key": "LocalAuthListEnabled", "value": "false"}
        assert await central.call("ChangeConfiguration", off) == {"status": "Accepted"}
        assert await version(central) == -1
        assert await send(central, 9, "Full", entry(ANNA)) == "NotSupported"
        assert await core.parts.charging.authority.listed(ANNA) is None


async def test_while_the_link_is_lost_the_list_decides(tmp_path: Path, central: CentralSystem) -> None:
    async with supervised(tmp_path, central) as core:
        await set_up(core, {"general.offline_strategy": "reject_all"})
        expired = entry("CC330003", expiryDate="2026-03-01T00:00:00Z")
        assert await send(central, 1, "Full", entry(ANNA), entry(BERT, "Blocked"), expired) == "Accepted"
        await offline(core, central)
        await core.parts.charging.sim_plug(1, Vehicle())
        assert await charging_uid(core, BERT) is None
        assert await charging_uid(core, "CC330003") is None
        assert await charging_uid(core, "99999999") is None
        assert await charging_uid(core, ANNA) == ANNA


async def reserve(central: CentralSystem, number: int, connector: int = 1, **more: Any) -> str:
    order = {
        "connectorId": connector,
        "expiryDate": "2026-03-02T13:00:00Z",
        "idTag": ANNA,
        "reservationId": number,
        **more,
    }
    return str((await central.call("ReserveNow", order))["status"])


async def test_a_reservation_keeps_a_charge_point_for_its_badge_and_is_used_up(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        assert await reserve(central, 11) == "Accepted"
        await core.tick()
        await central.until(lambda: central.status_of(1) == "Reserved")
        await core.parts.charging.sim_plug(1, Vehicle())
        await core.parts.charging.present_badge(BERT, 1)
        await until(core, is_quiet)
        assert central.calls("StartTransaction") == []
        await core.parts.charging.present_badge(ANNA, 1)
        assert (await central.heard("StartTransaction"))["reservationId"] == 11
        await until(core, is_quiet)
        assert await reserve(central, 12) == "Occupied"
        assert await central.call("CancelReservation", {"reservationId": 11}) == {"status": "Rejected"}


async def test_a_reservation_is_cancelled_runs_out_and_is_refused_for_what_cannot_be(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        assert await reserve(central, 1, connector=2) == "Accepted"
        assert await central.call("CancelReservation", {"reservationId": 1}) == {"status": "Accepted"}
        assert await reserve(central, 2, connector=0) == "Accepted"
        assert await reserve(central, 3, expiryDate="2026-03-02T11:00:00Z") == "Rejected"
        assert await reserve(central, 3, connector=5) == "Rejected"
        broken = await central.raw(
            '[2,"b","ReserveNow",{"connectorId":1,"expiryDate":"soon","idTag":"A","reservationId":4}]'
        )
        assert broken[:3] == [4, "b", "PropertyConstraintViolation"]
        assert await reserve(central, 5, connector=1) == "Accepted"
        await core.tick()
        await central.until(lambda: central.status_of(1) == "Reserved")
        await until(core, is_quiet)
        await advance(core, 3601)
        await central.until(lambda: central.status_of(1) == "Available")
