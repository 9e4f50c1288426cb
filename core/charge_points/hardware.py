"""What the station asks of the board of a charge point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

import msgspec

Phases = tuple[float, float, float]

NO_CURRENT: Phases = (0.0, 0.0, 0.0)


class Readings(msgspec.Struct, frozen=True, kw_only=True):
    """What a board reads at one moment.

    `pilot` V, high side, settled; `modulated`: the pilot carries a duty cycle; `diode_ok`: its low side
    is at -12 V.
    `proximity` Ohm, None where nothing is plugged in or the cable is attached. `phases` that vehicle and
    cable connect, None while unknown. `current` A, None where it measures none, and `voltage` V per phase.
    `contactor_closed` and `locked`: None where it has no feedback, or one that is on its way.
    `most`: A that the board itself offers at most, None where it does not say.
    `built_for`: A that its hardware carries, None where it does not say.
    `believed`: A that it may still go on with, as nobody knows yet that it has heard of less; None where it
    hears at once.
    `reported`: numbers of the errors that the board itself has found. `inputs`: True where a contact is
    closed.
    """

    pilot: float = 12.0
    modulated: bool = False
    diode_ok: bool = True
    proximity: float | None = None
    phases: int | None = None
    current: Phases | None = NO_CURRENT
    voltage: Phases = (230.0, 230.0, 230.0)
    contactor_closed: bool | None = False
    locked: bool | None = False
    surge_arrestor_ok: bool = True
    cover_closed: bool = True
    flap_ok: bool = True
    most: float | None = None
    built_for: float | None = None
    believed: float | None = None
    reported: frozenset[int] = frozenset()
    inputs: Mapping[str, bool] = {}


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What the station wants of a board: current in A (0: no modulation), contactor, lock, in service."""

    current: float = 0.0
    closed: bool = False
    locked: bool = False
    available: bool = True


@runtime_checkable
class Light(Protocol):
    """A board that carries a status light."""

    def show_light(self, light: str) -> None:
        """Show `off`, `ready`, `charging` or `fault` from now on."""


class Board(Protocol):
    """The board of one charge point; times are elapsed seconds that never go back.

    `reason` says why it is silent, "" where nothing is known of that.
    """

    @property
    def reason(self) -> str: ...

    def readings(self, at: float) -> Readings | None:
        """What it reads now; None while it is silent."""

    def apply(self, offer: Offer, at: float) -> None:
        """Do what the station wants from now on."""

    def next_change(self, at: float) -> float | None:
        """When its readings change by themselves next, after `at`; None where it cannot know."""
