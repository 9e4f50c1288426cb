"""Files that nobody took within a day leave the drop box, and the log says so."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from console.drop_box.places import FOLDERS, Folder
from console.drop_box.shelf import KeptFile, Shelf
from core.api import Origin
from core.errors import StationError
from core.link import connect

log = logging.getLogger(__name__)

KEPT_S: Final = 24 * 3600.0
LOOK_EVERY_S: Final = 1800.0
ACCOUNTS: Final = ("admin", "user")
THE_MACHINE: Final = Origin(kind="local", purpose="command")

Found = tuple[str, Folder, KeptFile]


class Ageing:
    """How long each file has been seen; `now` is of a clock that is never set, in seconds.

    A file's own time does not say it: a station may learn only after an upload which year it is.
    """

    def __init__(self) -> None:
        self._since: dict[Found, float] = {}

    def old(self, found: Iterable[Found], now: float) -> list[Found]:
        """Those of the files found that have been there for a day."""
        self._since = {each: self._since.get(each, now) for each in found}
        return [each for each, since in self._since.items() if now - since >= KEPT_S]


def found_in(data: Path) -> list[Found]:
    """Every file of every account. Raises OSError."""
    return [
        (account, folder, file)
        for account in ACCOUNTS
        for folder in FOLDERS
        for file in Shelf(data, account, folder).files()
    ]


async def sweep(data: Path, old: Iterable[Found]) -> None:
    """Remove these files, each after its line in the log. Raises StationError, OSError."""
    entrance = await connect(data)
    try:
        station = await entrance.local(THE_MACHINE)
        for account, folder, file in old:
            await station.note_file("file_expired", file.name, file.size)
            Shelf(data, account, folder).remove(file.name)
    finally:
        await entrance.close()


def clear_partial(data: Path) -> None:
    """Remove what uploads of a killed process have left behind. Raises OSError."""
    for account in ACCOUNTS:
        for folder in FOLDERS:
            Shelf(data, account, folder).clear_partial()


async def keep_sweeping(data: Path) -> None:
    """Until cancelled; what goes wrong is tried again the next time."""
    ageing = Ageing()
    while True:
        try:
            clear_partial(data)
            old = ageing.old(found_in(data), time.monotonic())
            if old:
                await sweep(data, old)
        except (StationError, OSError) as error:
            log.warning("old files of the drop box could not be removed: %s", error)
        await asyncio.sleep(LOOK_EVERY_S)
