"""What went wrong between the station and a server, and what to look at, in plain words."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator, Mapping

from core.publication.transports.steps import CERTIFICATE, CONNECT, ENCRYPT, FIND, GREETING
from core.publication.transports.target import Target

CERTIFICATES: Mapping[int, str] = {
    9: "The certificate of {host} is not valid yet. Check the station's date and time first.",
    10: "The certificate of {host} has expired. Check the station's date and time; "
    "if they are right, whoever runs the server must renew it.",
    18: "{host} shows a certificate that it signed itself. Nobody vouches that it is the right server; "
    "whoever runs it must get one from a public authority.",
    19: "The certificate of {host} comes from an authority that this station does not know.",
    20: "The certificate of {host} comes from an authority that this station does not know.",
    21: "{host} does not show its whole certificate. Whoever runs the server must add the missing part.",
    23: "The certificate of {host} was withdrawn. Whoever runs the server must replace it.",
    62: "The certificate belongs to another name than {host}. Enter the server as its certificate names it.",
    64: "The certificate does not name the address {host}. Enter the server's name in place of its address.",
}
"""By OpenSSL's result of verifying (X509_V_ERR_...)."""

OTHER_CERTIFICATE = "The certificate of {host} was not accepted. Ask whoever runs the server."

TLS_REASONS: Mapping[str, str] = {
    "WRONG_VERSION_NUMBER": "{host} does not speak TLS at port {port}. Check Port and Encryption.",
    "HTTP_REQUEST": "{host} does not speak TLS at port {port}. Check Port and Encryption.",
    "UNSUPPORTED_PROTOCOL": "{host} only offers encryption that is too old. It needs TLS 1.2 or newer.",
    "TLSV1_ALERT_PROTOCOL_VERSION": "{host} and the station have no version of TLS in common.",
    "TLSV1_UNRECOGNIZED_NAME": "{host} does not know itself by this name. Check Server.",
}

OTHER_TLS = "Encryption could not be agreed with {host}. Check Port and Encryption."

NAMES: Mapping[int, str] = {
    socket.EAI_NONAME: "The name {host} is not known. Check how it is written, and the DNS servers "
    "under Network.",
    socket.EAI_AGAIN: "No DNS server answered. Check the DNS servers and the gateway under Network, "
    "and the network cable.",
    socket.EAI_FAIL: "The DNS server could not look up {host}. Check the DNS servers under Network.",
}

OTHER_NAME = "The name {host} has no address. Check how it is written, and the DNS servers under Network."

SYSTEM: Mapping[int, str] = {
    errno.ECONNREFUSED: "{host} is there, but no server listens at port {port}. Check the port, "
    "and that the server runs.",
    errno.EHOSTUNREACH: "{host} does not answer. Check its address, and gateway and subnet mask "
    "under Network.",
    errno.ENETUNREACH: "There is no way to {host}. Check gateway and subnet mask under Network, "
    "and the network cable.",
    errno.EACCES: "The station is not allowed to connect to {host}.",
    errno.ENETDOWN: "The network is down. Check the network cable.",
}

TOO_SLOW = (
    "{host} did not answer in time. Check the address, the gateway under Network, "
    "and that no firewall blocks port {port}."
)
CLOSED = "{host} closed the connection. Check Port and Encryption; try again later."
OTHER = "The connection to {host} failed."
LATE = "{host} did not answer in time. It is tried again later."
BROKE_OFF = "The connection to {host} broke off. It is tried again later."
UNKNOWN = "{host} gave an answer that means nothing to the station. Ask whoever runs it."

ON_THE_WAY = frozenset({FIND, CONNECT, GREETING, ENCRYPT, CERTIFICATE})
"""Steps at which address, port and encryption are still in question."""


def chain(fault: BaseException, depth: int = 20) -> Iterator[BaseException]:
    """The fault and what it comes from."""
    yield fault
    if depth:
        inner = fault.exceptions if isinstance(fault, BaseExceptionGroup) else ()
        for each in (*inner, fault.__cause__ or fault.__context__):
            if each is not None:
                yield from chain(each, depth - 1)


def is_certificate(fault: BaseException) -> bool:
    """True where the server's certificate was not accepted."""
    return any(isinstance(each, ssl.SSLCertVerificationError) for each in chain(fault))


def _template(fault: BaseException) -> str | None:
    match fault:
        case ssl.SSLCertVerificationError():
            return CERTIFICATES.get(fault.verify_code, OTHER_CERTIFICATE)
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return CLOSED
        case ssl.SSLError():
            return TLS_REASONS.get(fault.reason or "", OTHER_TLS)
        case socket.gaierror():
            return NAMES.get(fault.errno or 0, OTHER_NAME)
        case UnicodeError():
            return OTHER_NAME
        case TimeoutError():
            return TOO_SLOW
        case OSError():
            return SYSTEM.get(fault.errno or 0)
        case _:
            return None


def of_connection(step: str, fault: BaseException, target: Target) -> str:
    """Words for a fault of the network or of encryption; the first cause that says more is taken."""
    found = [each for each in map(_template, chain(fault)) if each is not None]
    specific = [each for each in found if each not in (TOO_SLOW, CLOSED)]
    closed = any(isinstance(each, ConnectionError | EOFError) for each in chain(fault))
    template = [*specific, *found, CLOSED if closed else OTHER][0]
    if step not in ON_THE_WAY:
        template = {TOO_SLOW: LATE, CLOSED: BROKE_OFF, OTHER: BROKE_OFF}.get(template, template)
    return template.format(host=target.host, port=target.port)


def by_code(code: int, table: Mapping[int, str], target: Target) -> str | None:
    """Words of a table for a server's answer; None where the table has none."""
    template = table.get(code)
    return None if template is None else template.format(host=target.host, port=target.port)


LATER = "{host} did not take it now. It is tried again later."
NEVER = "{host} refused. Ask whoever runs it."
FIRST_LATER, FIRST_NEVER = 400, 500


def by_class(code: int, target: Target) -> str:
    """Words for an answer that no table has, by its first digit, as mail and file servers use it."""
    if code < FIRST_LATER:
        return UNKNOWN.format(host=target.host)
    return (LATER if code < FIRST_NEVER else NEVER).format(host=target.host)
