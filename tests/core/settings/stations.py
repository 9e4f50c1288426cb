"""Stations for the tests: the five shipped ones and some that nobody ships."""

from __future__ import annotations

from functools import cache

from core.profile import HardwareProfile, load_profile, parse_profile
from core.settings.store import Settings

SHIPPED = ("parking-2", "parking-1", "city-2", "wallbox-rfid", "wallbox-key")

PARKING_WITHOUT_READER = """
family = "parking"
charge_points = 2
rfid_reader = false
modem = true
[[socket]]
type = "TE"
cable = "socket-outlet"
phases = 1
[[socket]]
type = "T1"
cable = "attached"
phases = 1
"""


@cache
def station(name: str) -> HardwareProfile:
    """A shipped profile, or `parking-without-reader`."""
    if name == "parking-without-reader":
        return parse_profile(PARKING_WITHOUT_READER, name=name)
    return load_profile(name)


def fresh(name: str = "parking-2", **saved: str) -> Settings:
    """Settings as delivered, but for what is saved (`__` stands for a dot in a key)."""
    return Settings(station(name), {key.replace("__", "."): value for key, value in saved.items()})
