"""The calls of LocalAuthListManagement."""

from __future__ import annotations

from core.ocpp.desk import Desk
from core.ocpp.frames import Payload


async def send_local_list(desk: Desk, payload: Payload) -> Payload:
    return {"status": await desk.local_list.update(payload)}


async def get_local_list_version(desk: Desk, _payload: Payload) -> Payload:
    return {"listVersion": await desk.local_list.version()}
