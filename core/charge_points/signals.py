"""The signals between station and vehicle: pilot and proximity (IEC 61851-1, annexes A and B)."""

from __future__ import annotations

LOWEST_CURRENT = 6.0
"""A; below this nothing can be offered by the pilot."""

HIGHEST_CURRENT = 80.0
"""A; the pilot cannot say more."""

_RESISTORS: tuple[tuple[int, float, float, float], ...] = (
    (13, 1500.0, 1100.0, 2460.0),
    (20, 680.0, 400.0, 936.0),
    (32, 220.0, 164.0, 308.0),
    (63, 100.0, 80.0, 140.0),
)
"""Cable current in A, its resistor, and the lowest and highest Ohm that are still read as it."""


def duty_percent(current: float) -> float | None:
    """The duty cycle that offers this current: None where nothing can be offered (below 6 A)."""
    if current < LOWEST_CURRENT:
        return None
    current = min(current, HIGHEST_CURRENT)
    return current / 0.6 if current <= 51.0 else current / 2.5 + 64.0


def offered_by(duty: float | None) -> float:
    """The current in A that a vehicle may draw at this duty cycle; 0 outside 10..96 %."""
    if duty is None or not 10.0 <= duty <= 96.0:
        return 0.0
    return duty * 0.6 if duty <= 85.0 else (duty - 64.0) * 2.5


def resistor_of(cable_current: int) -> float:
    """The proximity resistor in Ohm of a cable for 13, 20, 32 or 63 A. Raises KeyError for others."""
    return {current: ohm for current, ohm, _, _ in _RESISTORS}[cable_current]


def cable_class(current: float) -> int:
    """The cable, 13, 20, 32 or 63 A, that carries no more than this current; 13 below that."""
    return max((each for each, _, _, _ in _RESISTORS if each <= current), default=13)


def cable_current(ohm: float) -> int | None:
    """The current in A that a proximity resistor stands for; None where it stands for no cable at all."""
    for current, _, lowest, highest in _RESISTORS:
        if lowest <= ohm <= highest:
            return current
    return None
