"""Charges at a station with a supervision: plugging in, badges, and the central system's number of them."""

from __future__ import annotations

from core.station import StationCore
from core.values.simulation import Vehicle
from tests.core.ocpp.supervised import is_quiet, until
from tests.peers.central import CentralSystem

ANNA, BERT = "AABBCC01", "DDEEFF02"


async def badge(core: StationCore, uid: str, point: int | None = None) -> None:
    await core.parts.charging.present_badge(uid, point)


async def plug(core: StationCore, point: int = 1) -> None:
    await core.parts.charging.sim_plug(point, Vehicle(demand=16.0))


def shown(core: StationCore) -> list[int | None]:
    """The transaction ids that Live status shows, by charge point."""
    sessions = [each.session for each in core.parts.charging.charge_points()]
    return [None if each is None else each.transaction_id for each in sessions]


async def named(core: StationCore, central: CentralSystem) -> int:
    """The central system's number of the charge at charge point 1, once it is shown there."""
    await until(core, lambda _: shown(core)[0] == central.last_transaction)
    return central.last_transaction


async def begin(core: StationCore, central: CentralSystem) -> int:
    """Anna's charge at charge point 1, which the central system has been told of; its number."""
    await plug(core)
    await badge(core, ANNA)
    await central.heard("StartTransaction")
    number = await named(core, central)
    await until(core, is_quiet)
    return number
