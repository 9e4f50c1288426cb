"""Whom the station trusts: the authorities of the operating system."""

from __future__ import annotations

import asyncio
import ssl
from typing import cast

Names = tuple[tuple[tuple[str, str], ...], ...]


async def trusting(authorities: str | None, *, also_public: bool = False) -> ssl.SSLContext:
    """A context that verifies certificate and name; `authorities` (PEM) in place of the system's.

    `also_public`: besides the system's.

    Reading the system's takes tens of milliseconds, so it is done beside the event loop.
    """
    return await asyncio.to_thread(_context, authorities, also_public)


def _context(authorities: str | None, also_public: bool) -> ssl.SSLContext:
    context = ssl.create_default_context(cadata=authorities)
    if authorities and also_public:
        context.load_default_certs()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def certificate_words(shown: ssl.SSLObject | ssl.SSLSocket | None) -> tuple[str, str]:
    """What a connection says of its encryption, and of the certificate it accepted."""
    if shown is None:
        return "", ""
    cipher = shown.cipher()
    peer = shown.getpeercert() or {}
    names = {key: value for entry in cast("Names", peer.get("issuer", ())) for key, value in entry}
    issuer = names.get("organizationName") or names.get("commonName") or "an authority"
    encryption = f"{shown.version()}, {cipher[0]}" if cipher else f"{shown.version()}"
    return f"{encryption}.", f"Issued by {issuer}, valid until {peer.get('notAfter', 'an unknown date')}."
