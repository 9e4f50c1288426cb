"""The order on the disk by which the next start resets the station before it does anything else."""

from __future__ import annotations

import contextlib
import secrets
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from core.errors import StorageFull
from core.files import atomic_write, sync_folder

FILE = "reset-ordered"
Kind = Literal["factory_reset", "personal_data"]


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What to reset, and who ordered it when; `id` tells this order from any other."""

    kind: Kind
    account: str
    origin: str
    ordered: datetime
    id: str = msgspec.field(default_factory=lambda: secrets.token_hex(8))


def give(folder: Path, order: Order) -> None:
    """Put the order on the disk: it is carried out from now on, whatever happens. Raises StorageFull."""
    try:
        atomic_write(folder / FILE, msgspec.json.encode(order))
    except OSError as fault:
        raise StorageFull(
            "Nothing was reset: it cannot be written down on the station's disk ({said}).",
            said=fault.strerror,
        ) from None


def given(folder: Path) -> Order | None:
    """The order that is to be carried out; None where there is none, or none that can be read."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Order)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def done(folder: Path) -> None:
    """Take the order away, for good when this returns. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        (folder / FILE).unlink()
        sync_folder(folder)
