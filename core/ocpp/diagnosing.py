"""GetDiagnostics (OCPP 1.6, 5.9) and GetLog (security whitepaper): a file goes to a server."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial

from core.ocpp.conversation import Refused
from core.ocpp.desk import Desk
from core.ocpp.frames import Code, Payload
from core.ocpp.topic import read_time
from core.ocpp.transfers.location import read_location
from core.ocpp.transfers.uploading import Order, Uploading, tries_of
from core.ocpp.transfers.uploads import LogType
from core.publication.transports.target import FileTarget, WebTarget

ENDINGS: dict[LogType, str] = {"DiagnosticsLog": "diagnostics", "SecurityLog": "security"}
NAMELESS = "station"


async def get_diagnostics(desk: Desk, payload: Payload) -> Payload:
    """Send the maintenance report; the answer says under which name."""
    since, until = moment(payload, "startTime"), moment(payload, "stopTime")
    name, _ = _ordered(
        desk, desk.uploads.diagnostics, "DiagnosticsLog", payload, payload["location"], since, until
    )
    return {"fileName": name}


async def get_log(desk: Desk, payload: Payload) -> Payload:
    """Send the security log, or the maintenance report."""
    wanted = payload["log"]
    since, until = moment(wanted, "oldestTimestamp"), moment(wanted, "latestTimestamp")
    name, takes_place = _ordered(
        desk, desk.uploads.logs, payload["logType"], payload, wanted["remoteLocation"], since, until
    )
    return {"status": "AcceptedCanceled" if takes_place else "Accepted", "filename": name}


def _ordered(
    desk: Desk,
    uploading: Uploading,
    kind: LogType,
    payload: Payload,
    location: str,
    since: datetime | None,
    until: datetime | None,
) -> tuple[str, bool]:
    name, (tries, pause_s) = _file_name(desk, kind), tries_of(payload)
    order = Order(
        target=target_of(location),
        name=name,
        content=partial(desk.uploads.write, kind, since, until),
        tries=tries,
        pause_s=pause_s,
        number=payload.get("requestId"),
    )
    return name, uploading.order(order)


def target_of(location: str) -> FileTarget | WebTarget:
    """The server that is named. Raises Refused."""
    try:
        return read_location(location)
    except ValueError as fault:
        raise Refused(Code.PROPERTY, f"location: {fault}") from None


def moment(payload: Payload, name: str) -> datetime | None:
    if name not in payload:
        return None
    try:
        return read_time(payload[name])
    except ValueError:
        raise Refused(Code.PROPERTY, f"{name}: not a time") from None


def _file_name(desk: Desk, kind: LogType) -> str:
    station = re.sub(r"[^A-Za-z0-9]+", "-", str(desk.boot.get("chargePointSerialNumber", ""))).strip("-")
    return f"{station or NAMELESS}_{desk.now():%Y%m%dT%H%M%SZ}_{ENDINGS[kind]}.txt"
