"""What happened to a charge, as the supervision is to be told it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Phases = tuple[float, float, float]


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """`transaction` is the station's own number of the charge, `meter_wh` what its meter showed then."""

    transaction: int
    point: int
    time: datetime
    meter_wh: int


class Started(Fact, frozen=True, kw_only=True, tag="started"):
    """A charge began; `booking` is the number of the reservation that it used up."""

    uid: str
    booking: int | None = None


class Sampled(Fact, frozen=True, kw_only=True, tag="sampled"):
    """What was measured in a charge: A and V of the network phases, W in all, and A that were offered.

    `context`: every so many seconds of the charge, or at a moment of the clock.
    """

    context: Literal["periodic", "clock"]
    current: Phases
    voltage: Phases
    power_w: int
    offered: float


class Ended(Fact, frozen=True, kw_only=True, tag="ended"):
    """A charge ended; `reason` is a word of `core.charge_points.session.StopReason`, `uid` who ended it."""

    reason: str
    uid: str


AnyFact = Started | Sampled | Ended


class WaitingFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that nobody has acknowledged, with its number; numbers only grow."""

    number: int
    fact: AnyFact
