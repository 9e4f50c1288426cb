"""What following a time server has come to: the last answer, the failures since, when it is asked again."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from core.timekeeping.trust import Trust


class Following(msgspec.Struct, frozen=True, kw_only=True):
    """Begins anew with another server. Times in elapsed s, `last_sync` and `failing_since` on the wall.

    `step` and `said` are what is wrong with the last round, "" after one that succeeded.
    """

    server: str
    trust: Trust = Trust()
    failures: int = 0
    again_at: float = 0.0
    offset: float | None = None
    precision: float | None = None
    stratum: int | None = None
    last_sync: datetime | None = None
    failing_since: datetime | None = None
    step: str = ""
    said: str = ""

    @property
    def state(self) -> Literal["waiting", "synchronised", "failing"]:
        if self.failing_since is not None:
            return "failing"
        return "waiting" if self.last_sync is None else "synchronised"
