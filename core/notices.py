"""What the station's own program reports beside the errors of the guide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from core.clock import Clock
from core.values.status import ErrorStatus

DISK_FULL = "disk full"
RECOVERED = "recovered"
PART_FAILED = "part failed"
SECRETS_LOST = "secrets lost"
DAMAGED = "damaged"
UNPUBLISHED = "unpublished"
RESET_UNFINISHED = "reset unfinished"
FIRMWARE_LEFT = "firmware left"

NOTICES: Mapping[str, tuple[int, str, str]] = MappingProxyType(
    {
        DISK_FULL: (
            901,
            "Disk full",
            "Nothing can be saved. Charging goes on; its records are stored when there is room.",
        ),
        RECOVERED: (
            902,
            "Database restored",
            "The database was damaged and was made again from a copy. Look through the settings.",
        ),
        PART_FAILED: (
            903,
            "Part of the program failed",
            "A part of the station's program failed and starts again by itself. See the log.",
        ),
        DAMAGED: (
            905,
            "Database damaged",
            "Nothing can be saved. Restart the station: it makes its database again from a copy.",
        ),
        SECRETS_LOST: (
            904,
            "Stored passwords lost",
            "Passwords among the settings cannot be read any more. Enter them again, then restart.",
        ),
        FIRMWARE_LEFT: (
            908,
            "New firmware left again",
            "The new version did not work; the one before it runs. Firmware says why.",
        ),
        UNPUBLISHED: (
            906,
            "Publication failed",
            "Records were not sent. They are kept and sent again by themselves.",
        ),
        RESET_UNFINISHED: (
            907,
            "Reset not finished",
            "Some of what was to be erased is still on the disk. Make room and restart: the rest goes then.",
        ),
    }
)

PLACES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {UNPUBLISHED: ("records", "publication"), FIRMWARE_LEFT: ("maintenance", "firmware")}
)
"""The tab and sub-tab where a notice's cause can be set right."""


class Notices:
    """The notices that are active, each once."""

    def __init__(self, clock: Clock, changed: Callable[[], None]) -> None:
        self._clock = clock
        self._changed = changed
        self._since: dict[str, datetime] = {}

    def set(self, name: str, active: bool) -> bool:
        """Raise or clear a notice; True when that is news."""
        if active == (name in self._since):
            return False
        if active:
            self._since[name] = self._clock.now()
        else:
            del self._since[name]
        self._changed()
        return True

    def shift(self, seconds: float) -> None:
        """The wall clock was set: what began on the wrong clock is told on the right one."""
        self._since = {name: since + timedelta(seconds=seconds) for name, since in self._since.items()}

    def active(self) -> tuple[ErrorStatus, ...]:
        return tuple(
            ErrorStatus(
                number=number,
                name=title,
                point=None,
                since=self._since[key],
                advice=advice,
                tab=PLACES.get(key, ("", ""))[0],
                sub_tab=PLACES.get(key, ("", ""))[1],
            )
            for key, (number, title, advice) in NOTICES.items()
            if key in self._since
        )
