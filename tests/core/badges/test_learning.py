"""Learning at the reader, and the Admin badge that opens the register by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.api import Learning, Station, Vehicle
from core.badges.admin_badge import OPEN_SECONDS
from core.clock import SimulatedClock
from core.errors import Busy, Invalid
from core.events import LearningChanged
from core.station import StationCore
from core.values.badges import Signal
from tests.stations import NOON, log_in, running_station


class Reader:
    """A station's reader in the hand of a test; `heard` is what it was acknowledged with."""

    def __init__(self, core: StationCore, clock: SimulatedClock) -> None:
        self.core = core
        self.clock = clock
        self.heard: list[Signal] = []
        core.parts.presented.acknowledge = self._hear

    async def _hear(self, signal: Signal) -> None:
        self.heard.append(signal)

    async def badge(self, uid: str, point: int | None = None) -> Signal | None:
        return await self.core.parts.presented.take(uid, point)

    async def wait(self, seconds: float) -> None:
        self.clock.advance(seconds)
        await self.core.tick()


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncIterator[Reader]:
    clock = SimulatedClock(start=NOON, speed=0)
    async with running_station("parking-2", tmp_path, clock=clock) as core:
        yield Reader(core, clock)


@pytest.fixture
async def admin(reader: Reader) -> Station:
    return await log_in(reader.core, "admin")


@pytest.fixture
async def user(reader: Reader) -> Station:
    return await log_in(reader.core, "user")


async def uids(station: Station) -> list[tuple[str, str]]:
    return [(badge.uid, badge.type) for badge in (await station.badges()).badges]


async def the_learning(station: Station) -> Learning:
    learning = await station.learning()
    assert learning is not None
    return learning


async def test_badges_are_added_one_after_the_other_each_with_a_beep(reader: Reader, admin: Station) -> None:
    assert await admin.learning() is None
    await admin.learn_start("add")
    for uid in ("AABBCC", "DDEEFF", "AABBCC"):
        await reader.badge(uid)
    assert await uids(admin) == [("AABBCC", "user"), ("DDEEFF", "user")]
    assert reader.heard == ["learned", "learned", "known"]
    learning = await the_learning(admin)
    assert (learning.added, learning.known) == (2, 1)
    assert [(each.place, each.uid, each.result) for each in learning.latest] == [
        (1, "AABBCC", "added"),
        (2, "DDEEFF", "added"),
        (3, "AABBCC", "known"),
    ]


async def test_badges_are_removed_at_the_reader(reader: Reader, admin: Station) -> None:
    await admin.add_badge("AABBCC", "vip", "Anna")
    await admin.learn_start("delete")
    await reader.badge("AABBCC")
    await reader.badge("DDEEFF")
    assert await uids(admin) == []
    assert reader.heard == ["learned", "refused"]
    learning = await the_learning(admin)
    assert (learning.removed, learning.unknown, learning.latest[0].comment) == (1, 1, "Anna")


async def test_learning_ends_half_a_minute_after_the_last_badge(reader: Reader, admin: Station) -> None:
    await admin.learn_start("add")
    await reader.wait(29)
    await reader.badge("AABBCC")
    await reader.wait(29)
    learning = await the_learning(admin)
    assert (learning.running, learning.seconds_left) == (True, 1.0)
    events = admin.events()
    await reader.wait(1)
    while not isinstance(await anext(events), LearningChanged):
        pass
    learning = await the_learning(admin)
    assert (learning.running, learning.ended, learning.added) == (False, "time", 1)
    await reader.badge("DDEEFF")
    assert await uids(admin) == [("AABBCC", "user")]


async def test_learning_can_be_stopped_by_who_began_it_only(
    reader: Reader, admin: Station, user: Station
) -> None:
    await user.learn_start("add", 60)
    with pytest.raises(Busy, match="learns badges") as refused:
        await admin.learn_start("delete")
    assert refused.value.details["account"] == "user"
    assert "user (ssh ::1)" in refused.value.message
    with pytest.raises(Busy):
        await admin.learn_stop()
    stopped = await user.learn_stop()
    assert stopped is not None
    assert stopped.ended == "stopped"
    assert (await admin.learn_start("delete")).account == "admin"


async def test_learning_ends_with_its_session(reader: Reader, admin: Station, user: Station) -> None:
    await user.learn_start("add")
    await user.log_out()
    learning = await the_learning(admin)
    assert (learning.running, learning.ended) == (False, "session")
    await admin.learn_start("add")


async def test_a_badge_does_not_charge_while_somebody_learns(reader: Reader, admin: Station) -> None:
    local = await log_in(reader.core, "local")
    await local.sim_plug(1, Vehicle())
    await admin.learn_start("add")
    await reader.badge("AABBCC")
    assert (await admin.status()).charge_points[0].session is None
    await admin.learn_stop()
    await reader.badge("AABBCC")
    assert (await admin.status()).charge_points[0].session is not None
    assert reader.heard == ["learned", "accepted"]


@pytest.mark.parametrize("seconds", [4, 601, -1])
async def test_the_time_to_wait_for_a_badge_has_a_range(admin: Station, seconds: int) -> None:
    with pytest.raises(Invalid):
        await admin.learn_start("add", seconds)


async def test_learning_goes_on_when_many_badges_come(reader: Reader, admin: Station) -> None:
    await admin.learn_start("add")
    for number in range(120):
        await reader.badge(f"{number:06X}")
    learning = await the_learning(admin)
    assert (learning.added, len(learning.latest), learning.latest[-1].place) == (120, 100, 120)


@pytest.fixture
async def keeper(admin: Station) -> str:
    """An Admin badge."""
    return (await admin.add_badge("00C0FFEE", "admin", "Caretaker")).uid


async def test_an_admin_badge_adds_the_unknown_badge_that_follows(
    reader: Reader, admin: Station, keeper: str
) -> None:
    assert await reader.badge(keeper) == "accepted"
    assert await reader.badge("AABBCC") == "learned"
    assert await uids(admin) == [(keeper, "admin"), ("AABBCC", "user")]


async def test_an_admin_badge_removes_the_user_badge_that_follows(
    reader: Reader, admin: Station, keeper: str
) -> None:
    await admin.add_badge("AABBCC")
    await reader.badge(keeper)
    assert await reader.badge("AABBCC") == "learned"
    assert await uids(admin) == [(keeper, "admin")]


async def test_only_one_badge_follows_an_admin_badge(reader: Reader, admin: Station, keeper: str) -> None:
    await reader.badge(keeper)
    await reader.badge("AABBCC")
    await reader.badge("DDEEFF")
    assert await uids(admin) == [(keeper, "admin"), ("AABBCC", "user")]


async def test_vip_and_admin_badges_stay_in_the_register(reader: Reader, admin: Station, keeper: str) -> None:
    await admin.add_badge("AABBCC", "vip")
    await reader.badge(keeper)
    assert await reader.badge("AABBCC") == "refused"
    await reader.badge(keeper)
    assert await reader.badge(keeper) == "known"
    assert await reader.badge("DDEEFF") == "accepted"
    assert await uids(admin) == [(keeper, "admin"), ("AABBCC", "vip")]


async def test_a_badge_that_comes_too_late_after_an_admin_badge_is_not_added(
    reader: Reader, admin: Station, keeper: str
) -> None:
    await reader.badge(keeper)
    await reader.wait(OPEN_SECONDS)
    await reader.badge("AABBCC")
    assert await uids(admin) == [(keeper, "admin")]


async def test_an_admin_badge_stops_a_charge_before_it_opens_the_register(
    reader: Reader, admin: Station, keeper: str
) -> None:
    local = await log_in(reader.core, "local")
    await local.sim_plug(1, Vehicle())
    await reader.badge("AABBCC")
    assert await reader.badge(keeper) == "accepted"
    assert (await admin.status()).charge_points[0].session is None
    assert await reader.badge("DDEEFF") == "accepted"
    assert await uids(admin) == [(keeper, "admin")]


async def test_with_an_outside_system_the_register_stays_closed(
    reader: Reader, admin: Station, keeper: str
) -> None:
    await admin.change_settings({"general.authentication_location": "remote"})
    assert await reader.badge(keeper) is None
    await reader.badge("AABBCC")
    assert await uids(admin) == [(keeper, "admin")]
