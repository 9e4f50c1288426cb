"""The part of the seam that is about the station's own software."""

from __future__ import annotations

from typing import Protocol

from core.values.control import RestartWhen
from core.values.firmware import FirmwareStatus, PackageView


class FirmwareStation(Protocol):
    """What an account may ask of the firmware, as `api.Station` does."""

    async def firmware(self) -> FirmwareStatus:
        """What runs, what goes on, what waits, and what became of the last package."""

    async def receive_firmware(self, chunk: bytes, *, begin: bool = False) -> int:
        """Take the next bytes of a package, at most 1 MiB; `begin` forgets what came before.

        Returns the bytes so far. The package belongs to the session and is gone with it.
        Raises Busy while another session is at it, Invalid for more than 64 MiB and where no key is trusted.
        """

    async def verify_firmware(self) -> PackageView:
        """Look through what was received; nothing is changed by it.

        Raises Invalid with what is wrong, NotFound when nothing was received, Busy.
        """

    async def install_firmware(self, package: str, *, when: RestartWhen = "if_free") -> FirmwareStatus:
        """Write the verified package with this digest beside what runs, and restart to try it.

        While a charge is open `if_free` raises Busy, `now` ends it with its record, `when_free` waits until
        none is. One that is opened while the package is written is waited for. Raises NotFound where this
        session has verified no such package, Invalid, StorageFull.
        """

    async def withdraw_firmware(self) -> FirmwareStatus:
        """Leave aside what this session has sent, else what waits for its restart. Raises NotFound, Busy."""
