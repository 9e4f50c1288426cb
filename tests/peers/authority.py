"""A certificate authority of the tests, and certificates of every kind of fault."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import trustme

NAMES = ("localhost", "127.0.0.1", "::1")


@cache
def authority() -> trustme.CA:
    return trustme.CA(organization_name="Authority of the tests")


def authority_pem() -> str:
    """What a client has to trust."""
    return authority().cert_pem.bytes().decode()


@cache
def certificate() -> trustme.LeafCert:
    """One for this machine that is in order."""
    return authority().issue_cert(*NAMES)


@cache
def expired_certificate() -> trustme.LeafCert:
    return authority().issue_cert(*NAMES, not_after=datetime(2020, 1, 1, tzinfo=UTC))


@cache
def certificate_of_another() -> trustme.LeafCert:
    return authority().issue_cert("elsewhere.example.org")


@cache
def certificate_of_a_stranger() -> trustme.LeafCert:
    return trustme.CA().issue_cert(*NAMES)


@cache
def client_certificate() -> tuple[str, str]:
    """Certificate and key of a client that the authority vouches for, as PEM."""
    issued = authority().issue_cert("station.example.org", organization_name="Authority of the tests")
    return issued.cert_chain_pems[0].bytes().decode(), issued.private_key_pem.bytes().decode()


def server_context(shown: trustme.LeafCert | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (shown or certificate()).configure_cert(context)
    return context


def write_certificate(folder: Path, shown: trustme.LeafCert | None = None) -> Path:
    """Key and certificate in one file, for servers that read one."""
    path = folder / "server.pem"
    (shown or certificate()).private_key_and_cert_chain_pem.write_to_path(path)
    return path
