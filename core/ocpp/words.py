"""What goes wrong on the way to a central system, and what to look at, in plain words."""

from __future__ import annotations

import ssl
from collections.abc import Mapping

from websockets.exceptions import InvalidHandshake, InvalidMessage, InvalidStatus, NegotiationError

from core.ocpp.security.refusals import LOG_IN_REFUSED
from core.publication.transports.target import Target
from core.publication.transports.words import chain, is_certificate, of_connection

NO_OCPP = "It speaks WebSocket, but not OCPP 1.6. Ask your operator for the address for OCPP 1.6."
OWN_CERTIFICATE = (
    "The client certificate and the client key cannot be used together. "
    "Enter both again: the key must be the one that the certificate was made for, without a password."
)
NO_TLS = "{host} does not speak TLS at port {port}. Check the address: wss:// is encrypted, ws:// is not."
OWN_REFUSED = "{host} did not accept the client certificate of this station. Ask your operator."
OTHER_TLS = "Encryption could not be agreed with {host}. Ask your operator."
CLOSED = "{host} closed the connection. Check the address: wss:// is encrypted, ws:// is not."
NO_WEB_SOCKET = "What answers at port {port} of {host} does not speak WebSocket. Check the address."
ELSEWHERE = "{host} says that the central system is elsewhere (answer {status}). Check the address."

STATUS: Mapping[int, str] = {
    400: "{host} does not understand the station. Check the address and Security profile.",
    401: f"{{host}} {LOG_IN_REFUSED}. Check Identity, Authorization key and Security profile.",
    403: "{host} does not let this station in. Check Identity; ask your operator.",
    404: "{host} does not know this address, or no station of this name. Check Primary server and Identity, "
    "capitals included.",
    426: "{host} wants another protocol than OCPP 1.6. Ask your operator for the right address.",
    429: "{host} finds that the station comes too often. It is tried again later.",
    500: "{host} has a fault. It is tried again later.",
    502: "The central system behind {host} does not answer. It is tried again later.",
    503: "{host} is not ready at the moment. It is tried again later.",
    504: "The central system behind {host} does not answer. It is tried again later.",
}
OTHER_STATUS = "{host} refused. Ask your operator."

TLS_REASONS: Mapping[str, str] = {
    "WRONG_VERSION_NUMBER": NO_TLS,
    "HTTP_REQUEST": NO_TLS,
    "TLSV13_ALERT_CERTIFICATE_REQUIRED": OWN_REFUSED,
    "TLSV1_ALERT_UNKNOWN_CA": OWN_REFUSED,
    "SSLV3_ALERT_BAD_CERTIFICATE": OWN_REFUSED,
    "SSLV3_ALERT_HANDSHAKE_FAILURE": OTHER_TLS,
}

FIRST_REDIRECT, FIRST_REFUSAL = 300, 400


def explain(step: str, fault: BaseException, server: Target) -> str:
    """Words for what failed at a step."""
    if is_certificate(fault):
        return of_connection(step, fault, server)
    for each in chain(fault):
        template = _template(each)
        if template is not None:
            status = each.response.status_code if isinstance(each, InvalidStatus) else 0
            words = template.format(host=server.host, port=server.port, status=status)
            return f"{words} (Answer {status})" if status >= FIRST_REFUSAL else words
    return of_connection(step, fault, server)


def _template(fault: BaseException) -> str | None:
    match fault:
        case InvalidStatus():
            status = fault.response.status_code
            if FIRST_REDIRECT <= status < FIRST_REFUSAL:
                return ELSEWHERE
            return STATUS.get(status, OTHER_STATUS)
        case NegotiationError():
            return NO_OCPP
        case InvalidMessage() if any(isinstance(each, EOFError) for each in chain(fault)):
            return CLOSED
        case InvalidHandshake():
            return NO_WEB_SOCKET
        case ssl.SSLError() if not isinstance(fault, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            return TLS_REASONS.get(fault.reason or "", OTHER_TLS)
        case ssl.SSLError() | ConnectionResetError() | EOFError():
            return CLOSED
        case _:
            return None
