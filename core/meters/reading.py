"""What a power meter has measured at one moment."""

from __future__ import annotations

from typing import Protocol

import msgspec

Phases = tuple[float, float, float]


class MeterReading(msgspec.Struct, frozen=True, kw_only=True):
    """Everything by the meter's own inputs 1, 2, 3: A, V, W; `watts` in all, `energy_wh` its register.

    `at`: elapsed s of the station when it answered. `serial`: None where it does not tell. `frequency` Hz.
    """

    at: float
    current: Phases
    voltage: Phases
    power: Phases
    watts: float
    energy_wh: int
    frequency: float | None = None
    serial: int | None = None


class MeterSource(Protocol):
    """Where charge points get what their meters measure; nothing waits."""

    def reading(self, point: int, at: float) -> MeterReading | None:
        """The newest reading; None where there is no meter, or while it is silent."""

    def is_silent(self, point: int) -> bool:
        """A meter is there by the settings, but does not answer."""

    def why_silent(self, point: int) -> str:
        """What was wrong the last time, in words; "" while it answers."""


class NoMeters:
    """A station without power meters."""

    def reading(self, point: int, at: float) -> MeterReading | None:  # noqa: ARG002
        return None

    def is_silent(self, point: int) -> bool:  # noqa: ARG002
        return False

    def why_silent(self, point: int) -> str:  # noqa: ARG002
        return ""
