"""Whatever is ordered, in whatever order: no current where there may be none, and never one out of range."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.badges.verdict import Verdict, VerdictStatus
from core.charge_points.bookings import is_booker
from core.errors import StationError
from core.transactions.facts import Ended, Started
from core.transactions.sampling import Sampling, Supervision
from core.values.outside import Booking, Outsider
from core.values.simulation import Vehicle
from core.values.status import ChargePointStatus
from tests.core.charging_house import House
from tests.core.serving.supervision import CONTROLLED, Central, answers, supervised
from tests.effort import IS_LONG

ACCEPTED, GROUPED, REFUSED = "AA0001", "AA0002", "BB0001"
BADGES = (ACCEPTED, GROUPED, REFUSED)
HOLDING = {"Suspend_Plc_Cmd_Received", "Charge_Postpone"}

point = st.sampled_from([1, 2])
somewhere = st.sampled_from([None, 1, 2])
switch = st.booleans()
who = st.sampled_from(["ocpp", "plc"])
plugging = st.tuples(st.just("plug"), point, st.sampled_from([1, 3]), st.sampled_from([13, 20, 32, 63]))
presenting = st.tuples(st.just("badge"), point, st.sampled_from(BADGES))
actions = st.lists(
    st.one_of(
        plugging,
        plugging,
        plugging,
        presenting,
        presenting,
        presenting,
        st.tuples(st.just("unplug"), point),
        st.tuples(st.just("start"), somewhere, st.sampled_from(["", "app", ACCEPTED]), who, switch),
        st.tuples(st.just("stop"), point, who),
        st.tuples(st.just("stop_named"), point),
        st.tuples(st.just("available"), somewhere, switch, who),
        st.tuples(st.just("maintenance"), point, switch),
        st.tuples(st.just("suspend"), point, switch),
        st.tuples(st.just("postpone"), point, switch),
        st.tuples(st.just("book"), somewhere, st.sampled_from(["", ACCEPTED, "app"]), who),
        st.tuples(st.just("cancel"), st.sampled_from([1, 2]), who),
        st.tuples(st.just("limit"), point, st.sampled_from([None, 0, 3.0, 5.99, 6, 13.7, 32, 33, 80]), who),
        st.tuples(st.just("unlock"), point),
        st.tuples(st.just("verdict"), point, st.sampled_from(["accepted", "blocked"])),
        st.tuples(st.just("link"), switch),
        st.tuples(st.just("fault"), point, switch),
        st.tuples(st.just("release"), who),
        st.tuples(st.just("wait"), st.sampled_from([0.5, 5.0, 61.0, 900.0])),
    ),
    min_size=6,
    max_size=15,
)


class Play:
    """One station that all examples are played on, one after the other."""

    def __init__(self, station: House, central: Central) -> None:
        self.station = station
        self.central = central
        self.seen: dict[int, int] = {}
        self.told = self.last_fact = 0
        self.open_at: dict[int, int] = {}

    async def clean(self) -> None:
        charging = self.station.charging
        self.central.linked = True
        for number in (1, 2):
            await charging.sim_fault(number, "anti_intrusion", False)
            await charging.sim_unplug(number)
            for origin in ("ocpp", "plc"):
                await charging.limit_from_outside(number, None, origin)
        await charging.release("ocpp")
        await charging.release("plc")
        await self.station.wait(61)

    async def begin(self) -> None:
        """The first charge point charges, for the badge that is accepted."""
        await self.station.charging.sim_plug(1, Vehicle())
        await self.station.charging.remote_start(1, ACCEPTED)

    async def act(self, name: str, *words: Any) -> None:
        kept = {each.point: each.booking for each in self.station.charging.charge_points()}
        with contextlib.suppress(StationError):
            await self._orders(name, words)
        await answers()
        self.check(kept)
        await self.station.wait(1)
        self.check({})

    async def _orders(self, name: str, words: Sequence[Any]) -> None:
        charging = self.station.charging
        orders: dict[str, Callable[..., Awaitable[object]]] = {
            "plug": lambda at, phases, cable: charging.sim_plug(
                at, Vehicle(phases=phases, cable_current=cable)
            ),
            "unplug": charging.sim_unplug,
            "badge": lambda at, uid: charging.present_badge(uid, at),
            "start": lambda at, uid, origin, ask: charging.remote_start(at, uid, origin=origin, ask=ask),
            "stop": lambda at, origin: charging.stop(at, origin=origin),
            "stop_named": charging.remote_stop,
            "available": lambda at, on, origin: charging.set_available(at, on, origin=origin),
            "maintenance": charging.maintenance,
            "suspend": lambda at, on: charging.suspend(at) if on else charging.resume(at),
            "postpone": charging.postpone,
            "book": self._book,
            "cancel": lambda number, origin: charging.cancel_booking(number, origin=origin),
            "limit": charging.limit_from_outside,
            "unlock": charging.unlock,
            "verdict": self._verdict,
            "link": self._link,
            "fault": lambda at, on: charging.sim_fault(at, "anti_intrusion", on),
            "release": charging.release,
            "wait": self.station.wait,
        }
        await orders[name](*words)

    async def _book(self, at: int | None, uid: str, origin: Outsider) -> None:
        until = self.station.clock.now() + timedelta(minutes=10)
        wanted = Booking(number=(at or 0) + 1, point=at, uid=uid, until=until, origin=origin)
        await self.station.charging.book(wanted)

    async def _verdict(self, at: int, status: VerdictStatus) -> None:
        session = self.station.charging.charge_points()[at - 1].session
        if session is not None:
            await self.station.charging.verdict(session.local_id, session.uid, Verdict(status=status))

    async def _link(self, up: bool) -> None:
        self.central.linked = up

    def check(self, kept: dict[int, Booking | None]) -> None:
        for status in self.station.charging.charge_points():
            self._check_current(status)
            if status.session is None:
                continue
            assert status.session.uid != REFUSED
            is_new = self.seen.get(status.point) != status.session.local_id
            self.seen[status.point] = status.session.local_id
            booking = kept.get(status.point)
            if is_new and booking is not None and booking.uid:
                assert is_booker(booking, status.session.uid, "FLEET")

    def _check_current(self, status: ChargePointStatus) -> None:
        offered = status.offered_current
        assert offered == 0 or 6 <= offered <= min(limit.current for limit in status.limits) + 0.005
        assert offered <= 32
        if status.session is None or not status.available or HOLDING & set(status.evse_status):
            assert offered == 0
        if offered == 0:
            assert status.power_w == 0
        if not status.available:
            assert status.session is None

    async def check_facts(self) -> None:
        """Every charge has one beginning and at most one end, with its samples between them."""
        charging = self.station.charging
        while (found := await charging.facts.next(self.last_fact)) is not None:
            self.last_fact, fact = found.number, found.fact
            if isinstance(fact, Started):
                assert fact.point not in self.open_at
                assert fact.transaction > self.told
                self.open_at[fact.point] = self.told = fact.transaction
                continue
            assert self.open_at.get(fact.point) == fact.transaction
            if isinstance(fact, Ended):
                del self.open_at[fact.point]
        sessions = {each.point: each.session.local_id for each in charging.charge_points() if each.session}
        assert self.open_at == sessions


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def play(loop: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    folder = tmp_path_factory.mktemp("orders")
    entered = supervised(folder, **CONTROLLED, general__offline_strategy="reject_all")
    station, central = loop.run(entered.__aenter__())
    central.verdicts = {
        REFUSED: Verdict(status="blocked"),
        GROUPED: Verdict(status="accepted", parent="FLEET"),
    }
    station.charging.follow_supervision(Supervision(sampling=Sampling(interval_s=300), stop_on_invalid=False))
    yield Play(station, central)
    loop.run(entered.__aexit__(None, None, None))


@settings(max_examples=3000 if IS_LONG else 30)
@given(orders=actions)
def test_no_order_gives_current_where_there_may_be_none(
    loop: asyncio.Runner, play: Play, orders: list[tuple[Any, ...]]
) -> None:
    async def example() -> None:
        await play.clean()
        await play.begin()
        for name, *words in orders:
            await play.act(name, *words)
        await play.check_facts()

    loop.run(example())
