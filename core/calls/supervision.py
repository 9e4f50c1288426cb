"""The calls on supervision: what is known of the link, testing the way to the central system."""

from __future__ import annotations

from collections.abc import Mapping

from core.api import ConnectionTest
from core.caller import Caller
from core.values.setting import Value
from core.values.supervision import SupervisionStatus


class SupervisionCalls(Caller):
    """The part of `api.Station` that is about supervision."""

    async def supervision(self) -> SupervisionStatus:
        self._may("supervision")
        return self._parts.supervision.status()

    async def test_supervision(self, changes: Mapping[str, Value] | None = None) -> ConnectionTest:
        self._may_change("supervision")
        return await self._parts.supervision.test(changes or {}, self._actor.account)
