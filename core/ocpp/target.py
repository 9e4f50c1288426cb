"""Which central systems the settings name, and how the link to each is protected."""

from __future__ import annotations

import base64
from typing import Literal, Protocol
from urllib.parse import quote, urlsplit

import msgspec

PROTOCOL, OCPP = "supervision.protocol", "ocpp16j"
WebAddress = Literal["primary", "secondary"]
PORTS = {"ws": 80, "wss": 443}
WITH_KEY = frozenset({"1", "2"})


class Reader(Protocol):
    """What is read of the settings."""

    def number(self, key: str) -> int: ...

    def text(self, key: str) -> str: ...


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A central system; what proves who the station is, is not part of any text made of this.

    `url` is complete, with the identity at its end. `profile` is the security profile 0..3. `authority`,
    `certificate` and `client_key` are PEM; no `authority`: the public ones are trusted.
    """

    which: WebAddress
    url: str
    host: str
    port: int
    encrypted: bool
    identity: str
    profile: str
    key: str = ""
    authority: str = ""
    certificate: str = ""
    client_key: str = ""

    def __repr__(self) -> str:
        return f"Target({self.url!r})"

    @property
    def log_in(self) -> str:
        """The value of the header Authorization; "" where the security profile wants none."""
        if self.profile not in WITH_KEY:
            return ""
        return "Basic " + base64.b64encode(f"{self.identity}:{self.key}".encode()).decode()


def composed_url(address: str, identity: str) -> str:
    """The address with the identity as its last step (OCPP-J 1.6, 3.1.1)."""
    return f"{address.rstrip('/')}/{quote(identity, safe='')}" if address else ""


def read_targets(settings: Reader) -> tuple[Target, ...]:
    """The central systems in the order in which they are tried; none while supervision is off."""
    if settings.text(PROTOCOL) != OCPP:
        return ()
    identity, profile = settings.text("supervision.identity"), settings.text("supervision.security_profile")
    addresses: tuple[tuple[WebAddress, str], ...] = (
        ("primary", settings.text("supervision.primary_url")),
        ("secondary", settings.text("supervision.secondary_url")),
    )
    found = []
    for which, address in addresses:
        if not address:
            continue
        parts = urlsplit(address)
        with_client, encrypted = profile == "3", parts.scheme == "wss"
        found.append(
            Target(
                which=which,
                url=composed_url(address, identity),
                host=parts.hostname or "",
                port=parts.port or PORTS[parts.scheme],
                encrypted=encrypted,
                identity=identity,
                profile=profile,
                key=settings.text("supervision.authorization_key") if profile in WITH_KEY else "",
                authority=settings.text("supervision.ca_certificate") if encrypted else "",
                certificate=settings.text("supervision.client_certificate") if with_client else "",
                client_key=settings.text("supervision.client_key") if with_client else "",
            )
        )
    return tuple(found)
