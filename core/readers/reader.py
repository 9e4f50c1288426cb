"""What a badge reader is to the station."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

import msgspec

Signal = Literal["accepted", "refused", "learned", "known"]
"""What a reader can make heard: a badge may charge, may not, was entered, was there already."""


class Presented(msgspec.Struct, frozen=True, kw_only=True):
    """A badge was held to the reader: `uid` in upper-case hex, `at` in elapsed seconds of the station."""

    uid: str
    at: float


class ReaderState(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the reader answers; `reason` says why it does not, `version` what it says of itself."""

    is_found: bool
    reason: str = ""
    version: str = ""


class Reader(Protocol):
    """One badge reader."""

    async def run(self, presented: Callable[[Presented], None], state: Callable[[ReaderState], None]) -> None:
        """Read badges until cancelled; a device that is lost is reported and looked for again."""

    async def beep(self, signal: Signal) -> None:
        """Make this heard at the reader, where it has a way to; never raises for a device that is lost."""
