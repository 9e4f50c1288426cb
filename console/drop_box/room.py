"""Room on the station's disk, a part of which is never given to files."""

from __future__ import annotations

import os
from typing import Final

from console.drop_box.places import MIB
from console.texts import N_
from core.errors import StorageFull

FREE_SPACE: Final = 64 * MIB
"""Bytes of the disk that the station keeps for itself."""


def require_room(descriptor: int) -> None:
    """Raises StorageFull when the disk of a file has hardly more than what the station needs."""
    disk = os.fstatvfs(descriptor)
    if disk.f_bavail * disk.f_frsize < FREE_SPACE:
        raise StorageFull(N_("There is no room on the station's disk."))
