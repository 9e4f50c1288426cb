"""One search for a meter at a time: who searches, how far it is, and what it has found."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import msgspec

from core.clock import Clock
from core.errors import Busy, StationError
from core.events import AnyEvent, MeterSearchChanged
from core.lines.port import DeviceLost
from core.meters.candidates import Candidate, candidates
from core.meters.meters import Meters
from core.meters.models import MODELS
from core.meters.poll import LINE_SILENCE
from core.meters.probing import probe
from core.meters.setup import link_of
from core.meters.suggesting import suggested
from core.modbus import CannotSpeak, ModbusLine, ModbusLines, ModbusLink
from core.profile import HardwareProfile
from core.settings.reader import SettingsReader
from core.tasks import contained
from core.values.meters import FoundMeter, MeterSearch, MeterSearchRequest, SearchEnd

log = logging.getLogger(__name__)

MODEL = "iem_3x5x"
SIMULATED_SECONDS = 0.05
"""s that a place takes where everything is simulated."""


class Searcher(msgspec.Struct, frozen=True, kw_only=True):
    """Who searches: an account in its session; `origin` in one line."""

    account: str
    origin: str
    session: int


class MeterFinding:
    """Asks place after place; the meters that are polled on the same line have their turn in between.

    `is_there` tells whether a session is still open; `announce` takes facts and never waits.
    """

    def __init__(
        self,
        profile: HardwareProfile,
        settings: SettingsReader,
        meters: Meters,
        lines: ModbusLines,
        pace: Clock,
        is_there: Callable[[int], bool],
        announce: Callable[[AnyEvent], None],
    ) -> None:
        self._profile = profile
        self._settings = settings
        self._meters = meters
        self._lines = lines
        self._pace = pace
        self._is_there = is_there
        self._announce = announce
        self._search: MeterSearch | None = None
        self._task: asyncio.Task[None] | None = None

    def state(self) -> MeterSearch | None:
        """The search that runs, or the last one."""
        self.check()
        return self._search

    async def start(self, request: MeterSearchRequest, searcher: Searcher) -> MeterSearch:
        """Begin, or begin anew where the same session searches already. Raises Invalid, Busy."""
        self._refuse_others(searcher)
        places = candidates(self._profile, self._settings, request)
        await self.close()
        search = MeterSearch(
            point=request.point,
            account=searcher.account,
            origin=searcher.origin,
            session=searcher.session,
            running=True,
            total=len(places),
            now=places[0].words,
        )
        self._put(search)
        self._task = asyncio.create_task(self._run(places), name="search for a meter")
        return search

    async def stop(self, searcher: Searcher) -> MeterSearch | None:
        """End this session's search; the last one, where none runs. Raises Busy for somebody else's."""
        self._refuse_others(searcher)
        await self.close()
        return self._search

    async def close(self) -> None:
        """End a search that runs."""
        self._end("stopped")
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    def check(self) -> None:
        """End a search whose session has ended."""
        search = self._search
        if search is not None and search.running and not self._is_there(search.session):
            self._end("session")
            if self._task is not None:
                self._task.cancel()

    async def _run(self, places: Sequence[Candidate]) -> None:
        try:
            await contained(self._ask_all(places))
        except StationError as fault:
            self._end("failed", fault.message)

    async def _ask_all(self, places: Sequence[Candidate]) -> None:
        done, impossible = 0, dict[ModbusLink | None, str]()
        for where, group in itertools.groupby(places, key=lambda place: place.where):
            there = tuple(group)
            try:
                with self._line(there[0]) as line:
                    for place in there:
                        self._progress(done=done, now=place.words)
                        if place.link not in impossible:
                            try:
                                self._found(place, await self._ask(line, place))
                            except CannotSpeak as problem:
                                impossible[place.link] = str(problem)
                        done += 1
            except DeviceLost as problem:
                if there[0].gateway is None:
                    self._end("failed", str(problem))
                    return
                log.info("no gateway at %s: %s", where, problem)
                done = places.index(there[-1]) + 1
        self._progress(done=done, now="")
        self._end("complete", "; ".join(impossible.values()))

    @contextmanager
    def _line(self, place: Candidate) -> Iterator[ModbusLine | None]:
        """The line of a place, as whoever polls a meter on it has it, or would have it."""
        if place.link is None or self._search is None:
            yield None
            return
        own = link_of(self._profile, self._settings, self._search.point)
        usual = own if own is not None and own.place == place.link.place else place.link
        with self._lines.joined(self._lines.user_of(usual.place) or usual, silence=LINE_SILENCE) as line:
            yield line

    async def _ask(self, line: ModbusLine | None, place: Candidate) -> FoundMeter | None:
        if line is not None:
            return await probe(line, place, MODELS[MODEL])
        # A simulated meter is where the settings look for it.
        await self._pace.sleep(SIMULATED_SECONDS)
        search = self._search
        if search is None or place.unit != self._settings.number(f"meter.{search.point}.rtu_address"):
            return None
        return FoundMeter(address=place.unit, place="simulated", is_meter=True, voltage=(230.0, 230.0, 230.0))

    def _found(self, place: Candidate, meter: FoundMeter | None) -> None:
        if meter is None or self._search is None:
            return
        used_by = next(
            (
                point
                for point in range(1, self._profile.charge_points + 1)
                if self._meters.is_at(point, place.link, place.unit)
            ),
            None,
        )
        meter = msgspec.structs.replace(meter, used_by=used_by)
        meter = suggested(self._profile, self._settings, self._search.point, meter)
        self._put(msgspec.structs.replace(self._search, found=(*self._search.found, meter)))

    def _progress(self, *, done: int, now: str) -> None:
        if self._search is not None and self._search.running:
            self._put(msgspec.structs.replace(self._search, done=done, now=now or self._search.now))

    def _refuse_others(self, searcher: Searcher) -> None:
        search = self.state()
        if search is not None and search.running and search.session != searcher.session:
            raise Busy(
                "{account} ({origin}) looks for a meter now, {done} of {total} places are asked",
                details={"account": search.account, "origin": search.origin},
                account=search.account,
                origin=search.origin,
                done=search.done,
                total=search.total,
            )

    def _end(self, why: SearchEnd, reason: str = "") -> None:
        if self._search is not None and self._search.running:
            self._put(msgspec.structs.replace(self._search, running=False, ended=why, now="", reason=reason))

    def _put(self, search: MeterSearch) -> None:
        self._search = search
        self._announce(MeterSearchChanged())
