"""What is handed to a transport, and what comes back: a parcel, steps in plain words, or no delivery."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import msgspec

from core.values.publication import Step

__all__ = ["Parcel", "Step", "Transport", "Undelivered"]


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """Charge data records as one file.

    `name` is the file's name and unlike that of any other parcel of any station; a parcel that is sent
    again has the same name and content, so that a receiver can tell that it has it already.
    `media` is the kind of its content.
    `station` is the station's name, `period` what it was made for (`2026-11-22`, `2026-W47`, `2026-11`, or
    the local time `2026-11-22 14:05` when somebody asked); `first` and `last` are the numbers of its records.
    """

    name: str
    content: bytes
    media: str = "text/csv; charset=utf-8"
    station: str
    period: str
    first: int
    last: int


class Undelivered(Exception):
    """A parcel was not delivered: at which step, and what was said there.

    `certain` is False where the answer was lost: the receiver may have the parcel.
    """

    def __init__(self, *, step: str, said: str, certain: bool = True) -> None:
        super().__init__(f"{step}: {said}")
        self.step = step
        self.said = said
        self.certain = certain


class Transport(Protocol):
    """A way to send parcels, as it is set now."""

    async def send(self, parcel: Parcel) -> None:
        """Deliver the parcel. Raises Undelivered."""

    async def test(self, told: Callable[[Step], None]) -> bool:
        """Go as far as possible without delivering anything, telling each step; True when all went well."""
