"""The calls on the clock: what it shows, setting it, following and testing the time server."""

from __future__ import annotations

from collections.abc import Mapping

from core.access import origin_text
from core.api import ClockChange, ClockStatus, ConnectionTest
from core.caller import Caller, finished
from core.timekeeping.stepping import Author
from core.values.setting import Value


class ClockCalls(Caller):
    """The part of `api.Station` that is about the clock."""

    async def clock(self) -> ClockStatus:
        self._may("clock")
        return self._parts.timekeeping.status()

    async def set_clock(self, written: str) -> ClockChange:
        self._may_change("set_clock")
        change = self._parts.timekeeping.set_by_hand(written, self._setter)
        await finished(self._parts.charging.tick())
        return change

    async def sync_clock(self) -> ClockChange:
        self._may_change("set_clock")
        return await finished(self._parts.timekeeping.sync(self._setter))

    async def test_time_server(self, changes: Mapping[str, Value] | None = None) -> ConnectionTest:
        self._may_change("set_clock")
        return await self._parts.timekeeping.test(changes or {}, self._actor.account)

    @property
    def _setter(self) -> Author:
        actor = self._actor
        return Author(account=actor.account, origin=origin_text(actor.origin))
