"""What a supervision says of a badge."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

VerdictStatus = Literal["accepted", "blocked", "expired", "invalid", "concurrent_tx"]


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """May a badge charge; `parent` is the group that it belongs to, `until` when this ends to hold."""

    status: VerdictStatus
    parent: str = ""
    until: datetime | None = None

    @property
    def accepts(self) -> bool:
        return self.status == "accepted"

    def at(self, now: datetime) -> Verdict:
        """The verdict at this moment: what was accepted until then has expired."""
        if self.accepts and self.until is not None and now >= self.until:
            return msgspec.structs.replace(self, status="expired")
        return self


ACCEPTED = Verdict(status="accepted")
