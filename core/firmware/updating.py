"""A package that another system brings, such as the OCPP UpdateFirmware, and the states that it hears of."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import BinaryIO, Literal

from core.errors import StationError
from core.firmware.firmware import OURS, Firmware

UpdateState = Literal["Downloaded", "Installing", "Installed", "InstallationFailed"]
"""As OCPP 1.6 names them; what comes before `Downloaded` is the business of whoever fetches the file."""


async def update(
    firmware: Firmware, file: BinaryIO, told: Callable[[UpdateState], None], *, source: str, origin: str = ""
) -> None:
    """Take a whole package from a file, look through it and write it; the caller restarts the station then.

    `source` names the other system, as account and for `result`. `told` hears each state that is reached.
    Raises Busy, Invalid, StorageFull after `InstallationFailed`.
    """
    try:
        await asyncio.to_thread(firmware.take_file, OURS, file)
        told("Downloaded")
        package = await firmware.verify(OURS)
        told("Installing")
        await firmware.write(OURS, package.digest, account=source, origin=origin, source=source)
    except StationError:
        firmware.forget(OURS)
        told("InstallationFailed")
        raise


def result(firmware: Firmware, source: str) -> UpdateState | None:
    """What became of the last package after its restart, until `firmware.reported()`; None for another's."""
    last = firmware.slots.outcome
    if last is None or last.source != source or last.reported:
        return None
    return "Installed" if last.result == "installed" else "InstallationFailed"
