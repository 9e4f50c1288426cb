"""Looking for a meter: on a serial line, behind network addresses, simulated; with progress, and stopped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from core.errors import Busy, Invalid
from core.events import AnyEvent
from core.meters.candidates import candidates
from core.meters.finding import MeterFinding, Searcher
from core.meters.setup import setup_of
from core.profile import HardwareProfile
from core.profile.reading import parse_profile
from core.settings.store import Settings
from core.values.meters import MeterSearch, MeterSearchRequest
from tests.core.meters.attended import PARKING, Room, room
from tests.core.meters.models.iem3155 import Iem3155
from tests.core.meters.models.rtu_bus import RtuBus
from tests.core.meters.test_meters import network_meter
from tests.core.readers.models.line_end import LineEnd

ME = Searcher(account="admin", origin="ssh ::1", session=4)
OTHER = Searcher(account="local", origin="local", session=5)


def profile_with(meter: str) -> HardwareProfile:
    return parse_profile(f"{PARKING}{meter}", name="P")


class Search:
    """A search in a room with meters."""

    def __init__(self, found: Room, profile: HardwareProfile, settings: Settings) -> None:
        self.room = found
        self.settings = settings
        self.profile = profile
        self.events: list[AnyEvent] = []
        self.sessions = {ME.session, OTHER.session}
        self.finding = MeterFinding(
            profile,
            settings,
            found.meters,
            found.lines,
            found.clock,
            lambda session: session in self.sessions,
            self._announce,
        )

    def _announce(self, event: AnyEvent) -> None:
        self.events.append(event)
        self.room.clock.changed.set()

    @property
    def now(self) -> MeterSearch:
        search = self.finding.state()
        assert search is not None
        return search

    async def ends(self) -> MeterSearch:
        await self.room.until(lambda: not self.now.running)
        return self.now


@asynccontextmanager
async def search(meter: str, bus: RtuBus | None = None, **saved: str) -> AsyncIterator[Search]:
    """Look for the meter of a station with this `[meter]`; settings have `__` for the dot."""
    async with room(bus) as found:
        profile = profile_with(meter)
        settings = Settings(profile, {name.replace("__", "."): value for name, value in saved.items()})
        here = Search(found, profile, settings)
        try:
            yield here
        finally:
            await here.finding.close()


@pytest.fixture
def serial(wire: LineEnd, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a `[meter]` on the line; profiles only take devices under /dev."""
    device = wire.path.resolve()
    return f'[meter]\ndriver = "iem_3x5x"\nlink = "serial://{device}"'


async def test_a_meter_on_a_serial_port_is_found_and_the_settings_for_it_are_told(
    serial: str, bus: RtuBus
) -> None:
    async with search(serial, bus, meter__1__rtu_address="30") as here:
        request = MeterSearchRequest(
            point=1, first_address=1, last_address=4, bauds=(19200,), parities=("N",)
        )
        started = await here.finding.start(request, ME)
        assert (started.running, started.done, started.total) == (True, 0, 4)
        assert started.now == "19200 baud, parity N, address 2"
        ended = await here.ends()
        assert (ended.ended, ended.done) == ("complete", 4)
        (meter,) = ended.found
        assert (meter.address, meter.baud, meter.parity, meter.is_meter) == (2, 19200, "N", True)
        assert meter.voltage == (230.0, 230.0, 230.0)
        assert (meter.serial, meter.energy_wh, meter.used_by) == ("31550417", 1_000_000, None)
        assert meter.fills == {"meter.1.metering": "iem_3x5x", "meter.1.rtu_address": 2}
        assert meter.words == ""
        assert len(here.events) >= 5


async def test_a_meter_at_another_speed_is_found_with_what_has_to_be_set(serial: str, bus: RtuBus) -> None:
    bus.baud = 9600
    async with search(serial, bus) as here:
        request = MeterSearchRequest(point=1, first_address=2, last_address=2, bauds=(19200, 9600, 38400))
        await here.finding.start(request, ME)
        ended = await here.ends()
        assert (ended.ended, ended.done) == ("complete", 6)
        assert "cannot be set to 19200 baud, parity E" in ended.reason
        assert {(each.address, each.baud) for each in ended.found} == {(2, 9600)}
        assert "Set it to 19200 baud, parity N" in ended.found[0].words


async def test_what_answers_but_is_no_meter_is_told_as_such(serial: str, bus: RtuBus) -> None:
    strange, dead = Iem3155(), Iem3155()
    strange.refuses, dead.voltage = 1, (0.0, 0.0, 0.0)
    bus.units |= {3: strange, 4: dead}
    async with search(serial, bus) as here:
        request = MeterSearchRequest(
            point=1, first_address=2, last_address=5, bauds=(19200,), parities=("N",)
        )
        await here.finding.start(request, ME)
        found = {each.address: each for each in (await here.ends()).found}
        assert [address for address, each in found.items() if each.is_meter] == [2]
        assert "not as a meter" in found[3].words
        assert "no voltage" in found[4].words
        assert found[3].fills == found[4].fills == {}


async def test_a_meter_that_counts_a_charge_goes_on_while_its_line_is_searched(
    serial: str, bus: RtuBus, meter: Iem3155
) -> None:
    async with search(serial, bus, meter__1__metering="iem_3x5x", meter__1__rtu_address="2") as here:
        here.room.meters.follow(1, setup_of(here.profile, here.settings, 1))
        await here.room.comes_to("answering")
        meter.energy_wh += 7
        request = MeterSearchRequest(point=1, first_address=1, last_address=40, bauds=(19200, 9600))
        await here.finding.start(request, ME)
        ended = await here.ends()
        assert ended.done == ended.total == 40 * 2 * 2
        assert {each.used_by for each in ended.found} == {1}
        status = here.room.meters.status(1)
        assert (status.state, status.energy_wh) == ("answering", 1_000_007)
        assert here.room.told == 1


async def test_a_search_is_stopped_by_who_began_it_and_nobody_else(serial: str, bus: RtuBus) -> None:
    async with search(serial, bus) as here:
        request = MeterSearchRequest(point=1)
        await here.finding.start(request, ME)
        await here.room.until(lambda: here.now.done > 0)
        with pytest.raises(Busy, match=r"admin \(ssh ::1\) looks for a meter now"):
            await here.finding.start(request, OTHER)
        with pytest.raises(Busy):
            await here.finding.stop(OTHER)
        stopped = await here.finding.stop(ME)
        assert stopped is not None
        assert (stopped.running, stopped.ended) == (False, "stopped")
        await here.finding.start(request, OTHER)
        here.sessions.discard(OTHER.session)
        assert here.now.ended == "session"


async def test_a_line_that_is_not_there_ends_the_search_with_its_reason(
    serial: str, wire: LineEnd, bus: RtuBus
) -> None:
    wire.pull_out()
    async with search(serial, bus) as here:
        await here.finding.start(MeterSearchRequest(point=1), ME)
        ended = await here.ends()
        assert ended.ended == "failed"
        assert "No such file or directory" in ended.reason


async def test_a_meter_on_the_network_is_found_by_its_unit() -> None:
    meter = Iem3155()
    async with network_meter(30, meter) as link:
        text = f'[meter]\ndriver = "iem_3x5x"\nlink = "tcp://{link.host}:{link.port}"'
        async with search(text) as here:
            await here.finding.start(MeterSearchRequest(point=1, first_address=29, last_address=31), ME)
            ended = await here.ends()
            assert [(each.address, each.is_meter) for each in ended.found if each.is_meter] == [(30, True)]


async def test_network_addresses_where_nobody_listens_are_passed_over() -> None:
    async with search('[meter]\ndriver = "iem_3x5x"', network__ip_address="127.0.0.102") as here:
        request = MeterSearchRequest(point=1, first_gateway=131, last_gateway=134)
        started = await here.finding.start(request, ME)
        ended = await here.ends()
        assert (ended.ended, ended.found, ended.done) == ("complete", (), started.total)


async def test_a_simulated_meter_is_found_where_the_settings_look_for_it() -> None:
    async with search("", meter__1__rtu_address="7") as here:
        await here.finding.start(MeterSearchRequest(point=1, first_address=1, last_address=8), ME)
        ended = await here.ends()
        assert [(each.address, each.place) for each in ended.found] == [(7, "simulated")]


def test_likely_places_come_first_and_every_place_once() -> None:
    profile = profile_with('[meter]\ndriver = "iem_3x5x"')
    settings = Settings(profile, {"network.ip_address": "10.1.2.102", "meter.1.gateway_address": "140"})
    places = candidates(profile, settings, MeterSearchRequest(point=1))
    assert (places[0].where, places[0].gateway, places[0].unit) == ("10.1.2.140 port 502", 140, 30)
    assert places[1].unit == 2
    assert len(set(places)) == len(places)
    assert {place.gateway for place in places} == set(range(130, 163))


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (MeterSearchRequest(point=2), "no charge point 2"),
        (MeterSearchRequest(point=1, first_address=9, last_address=3), "1 to 255, got 9 to 3"),
        (MeterSearchRequest(point=1, first_address=300), "1 to 255, got 300 to 300"),
        (MeterSearchRequest(point=1, first_gateway=2), "130 to 162, got 2 to 2"),
    ],
)
def test_a_range_that_is_not_kept_is_refused_in_its_words(request_: MeterSearchRequest, said: str) -> None:
    profile = profile_with('[meter]\ndriver = "iem_3x5x"')
    with pytest.raises(Invalid) as refused:
        candidates(profile, Settings(profile, {}), request_)
    assert said in refused.value.message
