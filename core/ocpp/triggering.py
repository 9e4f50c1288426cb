"""RemoteTrigger: the central system asks for a message that it wants to hear now (OCPP 1.6, 5.17)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.ocpp.desk import Desk
from core.ocpp.frames import Payload

Ask = Callable[[Desk, int | None], None]


MESSAGES: Mapping[str, Ask] = {
    "BootNotification": lambda desk, _: desk.booting.ask(),
    "DiagnosticsStatusNotification": lambda desk, _: desk.uploads.diagnostics.ask(),
    "FirmwareStatusNotification": lambda desk, _: desk.updating.ask(),
    "Heartbeat": lambda desk, _: desk.heartbeats.ask(),
    "MeterValues": lambda desk, connector: desk.values.ask(connector),
    "StatusNotification": lambda desk, connector: desk.statuses.ask(connector),
}


async def trigger_message(desk: Desk, payload: Payload) -> Payload:
    """Say the message as soon as this is answered."""
    ask = MESSAGES.get(payload["requestedMessage"])
    connector = payload.get("connectorId")
    if ask is None:
        return {"status": "NotImplemented"}
    if connector is not None and not 0 <= connector <= desk.points:
        return {"status": "Rejected"}
    ask(desk, connector)
    desk.attention()
    return {"status": "Accepted"}
