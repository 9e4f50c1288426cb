"""Power meters as Live status and the Meters page show them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

MeterState = Literal["none", "waiting", "answering", "silent", "not_found"]


class MeterStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Where the energy of a charge point comes from, and how its meter is.

    `source`: `internal_ct` or the model of the meter. `state`: `none` without a meter, `waiting` until it was
    asked often enough, `not_found` where it never answered, `silent` where it did before. `words` for an
    electrician. `place` where it is asked. `frequency` Hz. `energy_wh` of its own register.
    """

    source: str = "internal_ct"
    state: MeterState = "none"
    words: str = ""
    place: str = ""
    unit: int | None = None
    serial: str = ""
    firmware: str = ""
    frequency: float | None = None
    energy_wh: int | None = None
    answered: datetime | None = None


class MeterSearchRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Where to look for the meter of charge point `point`; what is empty, 0 or None means the usual ones.

    Modbus `first_address` to `last_address`, 1..255. On the network `first_gateway` to `last_gateway`, the
    last byte of the address, 130..162. On a serial port the speeds `bauds`, and `parities` N, E and O.
    """

    point: int
    first_address: int = 0
    last_address: int = 0
    first_gateway: int = 0
    last_gateway: int = 0
    bauds: tuple[int, ...] = ()
    parities: tuple[str, ...] = ()


class FoundMeter(msgspec.Struct, frozen=True, kw_only=True):
    """Something that answers: at which `address`, and where.

    `is_meter`: it has a plausible `voltage` (V, by its inputs). `gateway` is the last byte of its address on
    the network, `baud` and `parity` those of a serial port. `used_by` is the charge point that counts by it.
    `fills`: settings that make it the meter of the charge point it was looked for. `words` for an
    electrician: what else has to be done, or what it is instead.
    """

    address: int
    place: str
    is_meter: bool
    voltage: tuple[float, float, float] = (0.0, 0.0, 0.0)
    energy_wh: int | None = None
    serial: str = ""
    firmware: str = ""
    gateway: int | None = None
    baud: int | None = None
    parity: str = ""
    used_by: int | None = None
    fills: Mapping[str, str | int] = {}
    words: str = ""


SearchEnd = Literal["", "complete", "stopped", "session", "failed"]


class MeterSearch(msgspec.Struct, frozen=True, kw_only=True):
    """A search for the meter of a charge point: `done` of `total` places were asked; `now` is the next one.

    `ended` is empty while it runs; `session`: whoever searched has left. `reason` says
    why it failed, or what it had to leave out.
    """

    point: int
    account: str
    origin: str
    session: int
    running: bool
    total: int
    done: int = 0
    now: str = ""
    found: tuple[FoundMeter, ...] = ()
    ended: SearchEnd = ""
    reason: str = ""
