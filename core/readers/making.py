"""Chooses the driver that the hardware profile names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from core.clock import Clock, SystemClock
from core.profile import DriverLink
from core.readers.ascii_line import AsciiLine
from core.readers.evdev import Evdev
from core.readers.link import Link, read_link
from core.readers.pn532 import Pn532
from core.readers.reader import Reader
from core.readers.recovery import Device, RecoveringReader
from core.readers.simulated import SimulatedReader

DEVICES: Mapping[str, Callable[[Link, Clock], Device]] = MappingProxyType(
    {"ascii_line": AsciiLine, "pn532": Pn532, "evdev": Evdev}
)


def make_reader(link: DriverLink, clock: Clock, *, pace: Clock | None = None) -> Reader:
    """The reader of this link.

    `clock` is the station's, which may be simulated; `pace` tells real time to what waits for the device.
    Raises Invalid for options that its driver does not have.
    """
    if link.driver == "simulated":
        return SimulatedReader(clock)
    real = pace or SystemClock()
    how = read_link(link)
    return RecoveringReader(DEVICES[link.driver](how, real), clock, real)
