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


EXTENDED: Mapping[str, Ask] = {
    **{name: MESSAGES[name] for name in ("BootNotification", "FirmwareStatusNotification", "Heartbeat")},
    **{name: MESSAGES[name] for name in ("MeterValues", "StatusNotification")},
    "LogStatusNotification": lambda desk, _: desk.uploads.logs.ask(),
    "SignChargePointCertificate": lambda desk, _: desk.signing.ask(),
}


async def trigger_message(desk: Desk, payload: Payload) -> Payload:
    """Say the message as soon as this is answered."""
    return _asked(MESSAGES, desk, payload)


async def extended_trigger_message(desk: Desk, payload: Payload) -> Payload:
    """Likewise, for the messages of the security whitepaper."""
    return _asked(EXTENDED, desk, payload)


def _asked(messages: Mapping[str, Ask], desk: Desk, payload: Payload) -> Payload:
    ask = messages.get(payload["requestedMessage"])
    connector = payload.get("connectorId")
    if ask is None:
        return {"status": "NotImplemented"}
    if connector is not None and not 0 <= connector <= desk.points:
        return {"status": "Rejected"}
    ask(desk, connector)
    desk.attention()
    return {"status": "Accepted"}
