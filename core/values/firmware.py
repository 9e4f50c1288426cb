"""The station's own software: what runs, what a package holds, and what became of the last one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

LARGEST_PACKAGE = 64 << 20
"""Bytes of the largest package that is taken."""
LARGEST_CHUNK = 1 << 20
"""Bytes that are handed over at once."""

FirmwareState = Literal["idle", "receiving", "verifying", "verified", "writing", "waiting", "trial"]


class PackageView(msgspec.Struct, frozen=True, kw_only=True):
    """A package that was verified for this station.

    `digest` names it. `parts` are versions by part: `tool`, `board`, `reader`. `signer` is the fingerprint of
    the key. `minimum` is the lowest version that the station takes after it.
    """

    digest: str
    version: str
    families: tuple[str, ...]
    minimum: str
    parts: Mapping[str, str]
    notes: str
    signer: str
    size: int


class WaitingFirmware(msgspec.Struct, frozen=True, kw_only=True):
    """What is written and waits for the restart, or is on trial after it."""

    version: str
    account: str
    since: datetime | None


class FirmwareOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the last package after its restart; `source` is what brought it, "" for a person."""

    version: str
    result: Literal["installed", "returned"]
    reason: str
    account: str
    source: str
    at: datetime | None


class FirmwareStatus(msgspec.Struct, frozen=True, kw_only=True):
    """`state` is what goes on, `far` how far it is (0..1), `received` the bytes of the package so far.

    `slot`: `a`, `b`, or "" for the program that is installed on the machine. `minimum` is the lowest version
    that is taken. `trusted` are the fingerprints of the keys. `restarts_when_free`: it waits for cars.
    """

    version: str
    slot: str
    minimum: str
    trusted: tuple[str, ...]
    state: FirmwareState
    far: float = 0.0
    received: int = 0
    package: PackageView | None = None
    waiting: WaitingFirmware | None = None
    restarts_when_free: bool = False
    outcome: FirmwareOutcome | None = None
