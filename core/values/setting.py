"""What one settings row says: its name, its range, who may see it, when it exists."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

import msgspec

Value = str | int
"""A setting's value: whole numbers as int, everything else as text (toggles are `yes` and `no`)."""


class Right(StrEnum):
    """The guide's R/W, R and N."""

    READ_WRITE = "RW"
    READ = "R"
    NONE = "N"


class TakesEffect(StrEnum):
    """When a saved change is followed by the station."""

    NOW = "now"
    NEXT_SESSION = "next_session"
    RESTART = "restart"


class Exists(msgspec.Struct, frozen=True, kw_only=True):
    """On which stations something exists; all that is named must hold.

    `families` of the hardware profile; `needs` and `lacks` name hardware facts:
    `rfid_reader`, `key_lock`, `wifi_card`, `modem`, `two_points`.
    """

    families: tuple[str, ...] = ("parking", "city", "wallbox")
    needs: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


EVERYWHERE = Exists()


class ShownWhen(msgspec.Struct, frozen=True, kw_only=True):
    """A row that only matters while another setting has one of these values."""

    key: str
    values: tuple[Value, ...]


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One permitted value, with the words that a screen shows for it.

    `when` names the settings that must have one of these values for it to be on offer.
    """

    value: str
    label: str
    exists: Exists = EVERYWHERE
    when: tuple[ShownWhen, ...] = ()


class ChoiceKind(msgspec.Struct, frozen=True, kw_only=True, tag="choice"):
    choices: tuple[Choice, ...]


class ToggleKind(msgspec.Struct, frozen=True, kw_only=True, tag="toggle"):
    """`yes` or `no`."""

    yes: str = "Yes"
    no: str = "No"


class NumberKind(msgspec.Struct, frozen=True, kw_only=True, tag="number"):
    """A whole number of `unit`, both limits included.

    `maximum_from` names the setting whose value is the upper limit (never above `maximum`).
    """

    minimum: int
    maximum: int
    unit: str = ""
    maximum_from: str | None = None


class TextKind(msgspec.Struct, frozen=True, kw_only=True, tag="text"):
    """Text of at most `max_length` characters in a `form`, empty where `required` is False."""

    max_length: int
    form: Literal[
        "free",
        "host",
        "server",
        "url",
        "ipv4",
        "mac",
        "netmask",
        "email",
        "emails",
        "path",
        "zone",
        "pem",
        "identity",
    ] = "free"
    required: bool = False


class SecretKind(msgspec.Struct, frozen=True, kw_only=True, tag="secret"):
    """Text that is written, never read back; empty takes it away."""

    max_length: int
    form: Literal["free", "pem"] = "free"


Kind = ChoiceKind | ToggleKind | NumberKind | TextKind | SecretKind


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the catalogue.

    `key` may hold `{n}`, the number of the charge point (one row each).
    `factory` is a value, or values by family or hardware fact with `""` for all others;
    the first that holds counts. `factory_from` names the fact of the hardware profile that it is instead.
    `computed` rows follow from others and cannot be written.
    """

    key: str
    tab: str
    sub_tab: str
    label: str
    help: str
    admin: Right
    user: Right
    kind: Kind
    factory: Value | Mapping[str, Value] = ""
    factory_from: Literal["", "mac_address", "position", "rated_current", "socket_type"] = ""
    takes_effect: TakesEffect = TakesEffect.NOW
    exists: Exists = EVERYWHERE
    shown_when: tuple[ShownWhen, ...] = ()
    computed: bool = False
