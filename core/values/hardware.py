"""The yes-or-no facts of a station's hardware that settings and sub-tabs follow from."""

from __future__ import annotations

from typing import Literal, Protocol


class HardwareFacts(Protocol):
    """What the hardware profile and the seam's `Hardware` both say."""

    @property
    def family(self) -> Literal["parking", "city", "wallbox"]: ...
    @property
    def charge_points(self) -> int: ...
    @property
    def rfid_reader(self) -> bool: ...
    @property
    def key_lock(self) -> bool: ...
    @property
    def wifi_card(self) -> bool: ...
    @property
    def modem(self) -> bool: ...


def has_fact(hardware: HardwareFacts, fact: str) -> bool:
    """True when the fact holds.

    Facts are `rfid_reader`, `key_lock`, `wifi_card`, `modem` and `two_points`; KeyError for any other name.
    """
    return {
        "rfid_reader": hardware.rfid_reader,
        "key_lock": hardware.key_lock,
        "wifi_card": hardware.wifi_card,
        "modem": hardware.modem,
        "two_points": hardware.charge_points == 2,
    }[fact]
