"""On how many phases a vehicle charges, where a power meter has to tell because the board does not know."""

from __future__ import annotations

import msgspec

SINGLE_SECONDS = 30.0
"""s; so long one phase alone must carry current before a charge counts as single-phase."""


class PhasesSeen(msgspec.Struct, frozen=True, kw_only=True):
    """`found`: 1 or 3, None while unknown; `single_since`: elapsed s since when one phase alone is loaded."""

    found: int | None = None
    single_since: float | None = None

    def seen(self, loaded: int, at: float) -> PhasesSeen:
        """What is known after so many phases carried current. Once two did, the vehicle is three-phase."""
        if loaded > 1 or self.found == 3:
            return PhasesSeen(found=3)
        if self.found is not None or loaded == 0:
            return PhasesSeen(found=self.found)
        since = at if self.single_since is None else self.single_since
        if at < since + SINGLE_SECONDS:
            return PhasesSeen(single_since=since)
        return PhasesSeen(found=1)

    def next_change(self) -> float | None:
        """When the vehicle counts as single-phase, in elapsed s."""
        return None if self.single_since is None else self.single_since + SINGLE_SECONDS
