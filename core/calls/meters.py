"""The calls on power meters: looking for them."""

from __future__ import annotations

from core.access import origin_text
from core.api import MeterSearch, MeterSearchRequest
from core.caller import Caller, finished
from core.meters.finding import Searcher


class MeterCalls(Caller):
    """The part of `api.Station` that is about power meters."""

    async def find_meters(self, request: MeterSearchRequest) -> MeterSearch:
        self._may_change("find_meters")
        search = await finished(self._parts.meter_finding.start(request, self._searcher))
        self._note("meters_searched", f"charge point {request.point}")
        return search

    async def stop_finding_meters(self) -> MeterSearch | None:
        self._may_change("find_meters")
        return await finished(self._parts.meter_finding.stop(self._searcher))

    async def meter_search(self) -> MeterSearch | None:
        self._may("find_meters")
        return self._parts.meter_finding.state()

    @property
    def _searcher(self) -> Searcher:
        actor = self._actor
        return Searcher(account=actor.account, origin=origin_text(actor.origin), session=actor.session)
