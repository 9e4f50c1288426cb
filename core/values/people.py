"""Who is at the station, and from where."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody comes from: `ssh` with an address, `serial` with a line's name, `local` on the machine.

    `purpose` is `console` for screens, `command` for one command and `sftp` for files. `arrived_at` is the
    station's own address that an SSH connection came to.
    """

    kind: Literal["ssh", "serial", "local"]
    address: str = ""
    arrived_at: str = ""
    purpose: Literal["console", "command", "sftp"] = "console"


class Welcome(msgspec.Struct, frozen=True, kw_only=True):
    """What anybody may know before logging in."""

    station_name: str
    serial_number: str
    version: str
    state: str
    demo: bool = False


class SessionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is logged in. `account` is `admin`, `user` or `local` (the machine's own commands).

    `key` is the fingerprint of the public key that the session was opened with; "" for a password.
    """

    id: int
    account: Literal["admin", "user", "local"]
    origin: Origin
    started: datetime
    last_active: datetime
    password_must_change: bool = False
    key: str = ""
