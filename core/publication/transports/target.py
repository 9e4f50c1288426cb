"""Where parcels go, as the settings of Publication say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec


class Reader(Protocol):
    """What is read of the settings; raises KeyError for a key that no setting has."""

    def text(self, key: str) -> str:
        """The value of a choice, a text, a toggle or a secret."""

    def number(self, key: str) -> int:
        """The value of a number."""


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """What the server knows the station by; its password is not part of any text made of it."""

    username: str
    password: str

    def __repr__(self) -> str:
        return f"Login(username={self.username!r})"


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A server. `security` is `none`, `starttls` or `tls`; `login` is None where it wants none."""

    host: str
    port: int
    security: str
    login: Login | None


class MailTarget(Target, frozen=True, kw_only=True):
    sender: str
    receivers: tuple[str, ...]


class FileTarget(Target, frozen=True, kw_only=True):
    """`passive`: the station opens the connection for the file too, not the server.

    `folder` is where the file is, "" for the folder that the server opens by itself.
    """

    passive: bool
    folder: str = ""


class WebTarget(Target, frozen=True, kw_only=True):
    path: str
    field_name: str


def read_target(settings: Reader, doors: Mapping[int, int]) -> MailTarget | FileTarget | WebTarget:
    """The server that the settings name now; `doors` maps a port of the settings to the one to knock at."""
    protocol = settings.text("publication.protocol")

    def text(name: str) -> str:
        return settings.text(f"publication.{protocol}.{name}")

    port = settings.number(f"publication.{protocol}.port")
    host, port, security = text("server"), doors.get(port, port), text("security")
    login = None
    if text("authentication") == "yes":
        login = Login(username=text("username"), password=text("password"))
    match protocol:
        case "smtp":
            receivers = tuple(each for each in text("receivers").split(";") if each)
            return MailTarget(
                host=host,
                port=port,
                security=security,
                login=login,
                sender=text("sender"),
                receivers=receivers,
            )
        case "ftp":
            passive = text("passive_mode") == "yes"
            return FileTarget(host=host, port=port, security=security, login=login, passive=passive)
        case _:
            return WebTarget(
                host=host,
                port=port,
                security=security,
                login=login,
                path=text("path"),
                field_name=text("field_name"),
            )
