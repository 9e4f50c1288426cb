"""Whether the power meter sees a charge on the phases that it is wired to by the settings (Err #15)."""

from __future__ import annotations

import msgspec

from core.charge_points.hardware import Phases
from core.charge_points.metering import LOADED_AMPERES

LASTING_SECONDS = 30.0
"""s; a vehicle that begins or ends its draw loads one phase after the other."""


class PhaseCompliance(msgspec.Struct, frozen=True, kw_only=True):
    """`wrong`: what was found, in words, "" while phases are loaded as wired.

    `differs_since`: elapsed s since when a charge loads them otherwise than `wrong` says.
    """

    wrong: str = ""
    differs_since: float | None = None

    def seen(self, current: Phases, lines: tuple[int, ...], at: float) -> PhaseCompliance:
        """After these A on L1, L2, L3, in a charge that may load `lines`, the first of them at any rate."""
        loaded = tuple(phase for phase, ampere in enumerate(current, 1) if ampere >= LOADED_AMPERES)
        if not loaded:
            return PhaseCompliance(wrong=self.wrong)
        found = contradiction(loaded, lines)
        if bool(found) == bool(self.wrong):
            return PhaseCompliance(wrong=found)
        since = at if self.differs_since is None else self.differs_since
        if at < since + LASTING_SECONDS:
            return PhaseCompliance(wrong=self.wrong, differs_since=since)
        return PhaseCompliance(wrong=found)

    def next_change(self) -> float | None:
        """When the error begins or ends, in elapsed s."""
        return None if self.differs_since is None else self.differs_since + LASTING_SECONDS


def contradiction(loaded: tuple[int, ...], lines: tuple[int, ...]) -> str:
    """What is wrong with these loaded phases, in words; "" where they are as wired."""
    if lines[0] in loaded and set(loaded) <= set(lines):
        return ""
    expected = _names(lines) if len(lines) < 3 else f"L{lines[0]} and others"
    return f"the meter sees current on {_names(loaded)}, by the settings it flows on {expected}"


def _names(phases: tuple[int, ...]) -> str:
    return ", ".join(f"L{phase}" for phase in sorted(phases))
