"""Reads where the central system wants a file to be put or fetched: a server of a known kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec

from core.publication.transports.target import FileTarget, Login, WebTarget

LONGEST = 512
HIGHEST_PORT = 65535


class Scheme(NamedTuple):
    """`security` is that of a target: `none`, or `tls` with certificate and name verified."""

    port: int
    security: str


SCHEMES: Mapping[str, Scheme] = {
    "ftp": Scheme(21, "none"),
    "ftps": Scheme(21, "tls"),
    "http": Scheme(80, "none"),
    "https": Scheme(443, "tls"),
}
"""ftps: FTP that is encrypted before anything is said (AUTH TLS, RFC 4217)."""

PROTOCOLS = ",".join(scheme.upper() for scheme in SCHEMES)
FIELD = "file"
"""The name of a file in the form that a web server gets, as browsers send it."""


def read_location(text: str) -> FileTarget | WebTarget:
    """The server and folder of a URL. Raises ValueError, whose words never hold a part of it."""
    if len(text) > LONGEST or not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError(f"not a URL of at most {LONGEST} printable characters")
    try:
        parts = urlsplit(text)
        host, port, login = parts.hostname or "", parts.port, _login(parts.username, parts.password)
    except ValueError:
        raise ValueError("not a URL") from None
    scheme = SCHEMES.get(parts.scheme)
    if scheme is None:
        raise ValueError(f"only {PROTOCOLS}")
    if not host or port == 0:
        raise ValueError("no server, or no port")
    port = port or scheme.port
    if parts.scheme.startswith("http"):
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        return WebTarget(
            host=host, port=port, security=scheme.security, login=login, path=path, field_name=FIELD
        )
    folder = _plain(unquote(parts.path.removeprefix("/")))
    return FileTarget(
        host=host, port=port, security=scheme.security, login=login, passive=True, folder=folder
    )


def file_of(target: FileTarget) -> tuple[FileTarget, str]:
    """Where a file is and its name, of a URL that ends with it. Raises ValueError."""
    folder, _, name = target.folder.rpartition("/")
    if not name:
        raise ValueError("no file")
    return msgspec.structs.replace(target, folder=folder or ("/" if "/" in target.folder else "")), name


def _login(username: str | None, password: str | None) -> Login | None:
    if not username:
        return None
    return Login(username=_plain(unquote(username)), password=_plain(unquote(password or "")))


def _plain(text: str) -> str:
    """What may stand in a line that a server is told. Raises ValueError."""
    if not text.isprintable():
        raise ValueError("not a URL: control characters")
    return text
