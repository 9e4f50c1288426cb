"""The forms that text settings have: addresses, names, certificates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import urlsplit
from zoneinfo import available_timezones

MAC = re.compile(r"[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}")
LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
LOCAL_PART = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
IDENTITY = re.compile(r"[A-Za-z0-9*\-_=:+|@.]+")
PATH = re.compile(r"[!-~]+")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
PEM = re.compile(
    r"(?:-----BEGIN ([A-Z0-9 ]{1,40})-----\n(?:[A-Za-z0-9+/=]{1,76}\n)+-----END \1-----\n?)+",
)
PORTS = range(1, 65536)
PREFIXES = range(8, 31)
ZONES_ASIDE = ("Factory", "localtime", "posixrules")


def ipv4(text: str) -> str | None:
    try:
        return str(IPv4Address(text))
    except AddressValueError:
        return None


def netmask(text: str) -> str | None:
    """A mask whose ones are all on the left, 8 to 30 of them."""
    masks = {str(IPv4Address(2**32 - 2 ** (32 - length))) for length in PREFIXES}
    return text if text in masks else None


def mac(text: str) -> str | None:
    """Six bytes, upper-case with colons; neither a group address nor all zero."""
    if not MAC.fullmatch(text):
        return None
    address = text.upper().replace("-", ":")
    return None if int(address[:2], 16) & 1 or address == "00:00:00:00:00:00" else address


def host(text: str) -> str | None:
    """A name or an address; a scheme before it and a slash after it are taken away."""
    name = SCHEME.sub("", text, count=1).removesuffix("/")
    bare = name[1:-1] if name.startswith("[") and name.endswith("]") else name
    if ":" in bare:
        try:
            return str(IPv6Address(bare)) if "%" not in bare else None
        except AddressValueError:
            return None
    if re.fullmatch(r"[0-9.]+", name):
        return ipv4(name)
    labels = name.removesuffix(".").split(".")
    return name if len(name) <= 253 and all(LABEL.fullmatch(label) for label in labels) else None


def server(text: str) -> str | None:
    """A name or an address and nothing else: what stands before or after it would be another promise."""
    return host(text) if "/" not in text else None


def url(text: str) -> str | None:
    """`ws://` or `wss://`, a host, perhaps a port and a path; no user name, query or fragment."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("ws", "wss") or parts.username is not None or "?" in text or "#" in text:
        return None
    if parts.hostname is None or host(parts.hostname) is None or (port is not None and port not in PORTS):
        return None
    return text if PATH.fullmatch(text) else None


def email(text: str) -> str | None:
    local, at, domain = text.rpartition("@")
    fits = at and LOCAL_PART.fullmatch(local) and "//" not in domain and "." in domain
    return text if fits and host(domain) == domain else None


def emails(text: str) -> str | None:
    return text if all(email(each) for each in text.split(";")) else None


def path(text: str) -> str | None:
    """What stands behind the server in an address, and not the server with it."""
    fits = PATH.fullmatch(text) and not SCHEME.match(text)
    return text if fits and ".." not in text.split("/") else None


def identity(text: str) -> str | None:
    return text if IDENTITY.fullmatch(text) else None


def zone(text: str) -> str | None:
    """A time zone of the IANA database, spelled as there whatever the capitals."""
    return _zones().get(text.casefold())


def zone_names() -> tuple[str, ...]:
    """Every time zone that can be set, in the order of the alphabet."""
    return tuple(sorted(_zones().values()))


@cache
def _zones() -> Mapping[str, str]:
    return {name.casefold(): name for name in available_timezones() if name not in ZONES_ASIDE}


def pem(text: str) -> str | None:
    """One or more PEM blocks, line ends as in Unix."""
    lines = "\n".join(line.strip() for line in text.splitlines())
    return lines.strip() + "\n" if PEM.fullmatch(lines + "\n") else None


FORMS: Mapping[str, tuple[Callable[[str], str | None], str]] = {
    "ipv4": (ipv4, "an address such as 192.168.0.102"),
    "netmask": (netmask, "a mask such as 255.255.255.0, between 255.0.0.0 and 255.255.255.252"),
    "mac": (mac, "six pairs of hexadecimal digits such as 02:00:5E:10:00:01, not a group address"),
    "host": (host, "a name or an address without port and path, such as time.example.org"),
    "server": (
        server,
        "a name or an address alone, such as files.example.org: no http://, no port, no path",
    ),
    "url": (url, "an address such as wss://csms.example.org/ocpp, beginning with ws:// or wss://"),
    "email": (email, "an e-mail address such as records@example.org"),
    "emails": (emails, "e-mail addresses with a semicolon and no space between them"),
    "path": (path, "a path such as /upload/records, without the server, spaces or .."),
    "identity": (identity, "letters, digits and * - _ = : + | @ . only"),
    "zone": (zone, "a time zone such as Europe/Paris"),
    "pem": (pem, "PEM text from -----BEGIN to -----END"),
}
"""By form: what returns the text in its one spelling or None, and how a message describes it."""
