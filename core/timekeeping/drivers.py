"""Setting the clock: the simulated one, or the machine's own where nothing else keeps it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from core.clock import Clock, SimulatedClock
from core.errors import NotAllowed
from core.timekeeping.slewing import adjtime

KEEPERS = {
    "chronyd": "chrony",
    "systemd-timesyn": "systemd-timesyncd",
    "ntpd": "ntpd",
    "ntpd-rs": "ntpd-rs",
    "ptp4l": "ptp4l",
}
"""By the name of its process (the kernel keeps 15 letters): what keeps the clock of a machine."""


class ClockDriver(Protocol):
    """What may set the station's clock."""

    def keeper(self) -> str:
        """The program of the machine that keeps the clock by itself; "" where the station does."""

    def set(self, to: datetime) -> None:
        """Set the wall clock. Raises NotAllowed where the station's program may not."""

    def slew(self, seconds: float) -> None:
        """Let the wall clock come right by a little without a step, where that is allowed."""


class SimulatedClockDriver:
    """Sets the clock that a simulated station lives by."""

    def __init__(self, clock: SimulatedClock) -> None:
        self._clock = clock

    def keeper(self) -> str:
        return ""

    def set(self, to: datetime) -> None:
        self._clock.step(to)

    def slew(self, seconds: float) -> None:
        """It runs as the machine's clock does, which is not the station's."""


class SystemClockDriver:
    """Sets the machine's clock, which needs CAP_SYS_TIME; never beside a program that keeps it already."""

    def __init__(
        self,
        *,
        processes: Path = Path("/proc"),
        set_seconds: Callable[[float], None] | None = None,
        adjust: Callable[[float], float] = adjtime,
    ) -> None:
        self._processes = processes
        self._adjust = adjust
        self._set_seconds = set_seconds or partial(time.clock_settime, time.CLOCK_REALTIME)

    def keeper(self) -> str:
        for name in self._processes.glob("[0-9]*/comm"):
            try:
                found = KEEPERS.get(name.read_text(errors="replace").strip())
            except OSError:
                continue
            if found is not None:
                return found
        return ""

    def set(self, to: datetime) -> None:
        keeper = self.keeper()
        if keeper:
            raise NotAllowed("{keeper} keeps the clock of this machine. Set it there.", keeper=keeper)
        try:
            self._set_seconds(to.timestamp())
        except PermissionError:
            raise NotAllowed(
                "The station's program may not set the clock of this machine: its service needs CAP_SYS_TIME."
            ) from None
        except OSError as error:
            raise NotAllowed(
                "The machine does not let its clock be set: {why}", why=error.strerror or ""
            ) from None

    def slew(self, seconds: float) -> None:
        if not self.keeper():
            with contextlib.suppress(OSError):
                self._adjust(seconds)


def clock_driver(clock: Clock) -> ClockDriver:
    """The driver that belongs to a clock."""
    return SimulatedClockDriver(clock) if isinstance(clock, SimulatedClock) else SystemClockDriver()
