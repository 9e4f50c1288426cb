"""The badges that the supervision accepted before."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.badges import cache
from core.badges.verdict import ACCEPTED, Verdict
from core.values.simulation import Vehicle
from tests.core.charging_house import house

THEN = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def link() -> Iterator[sqlite3.Connection]:
    link = sqlite3.connect(":memory:")
    link.executescript(cache.SCHEMA)
    yield link
    link.close()


def test_a_badge_is_remembered_as_the_supervision_said_last_until_the_cache_is_cleared(
    link: sqlite3.Connection,
) -> None:
    cache.remember(link, "AABBCC", ACCEPTED, THEN)
    cache.remember(link, "DDEEFF", ACCEPTED, THEN)
    cache.remember(link, "aabbcc", Verdict(status="blocked"), THEN)
    assert cache.recall(link, "AABBCC", THEN) == Verdict(status="blocked")
    assert cache.recall(link, "DDEEFF", THEN) == ACCEPTED
    cache.clear(link)
    assert cache.recall(link, "DDEEFF", THEN) is None


def test_what_was_accepted_until_a_moment_has_expired_then_and_keeps_its_group(
    link: sqlite3.Connection,
) -> None:
    until = THEN + timedelta(hours=1)
    cache.remember(link, "AABBCC", Verdict(status="accepted", parent="FLEET", until=until), THEN)
    before = cache.recall(link, "AABBCC", until - timedelta(seconds=1))
    assert before is not None
    assert before.accepts
    assert cache.recall(link, "AABBCC", until) == Verdict(status="expired", parent="FLEET", until=until)


def test_of_too_many_the_refused_are_forgotten_first_and_then_the_oldest(link: sqlite3.Connection) -> None:
    cache.remember(link, "FFFFFF", Verdict(status="blocked"), THEN + timedelta(days=1))
    for number in range(cache.KEPT + 1):
        cache.remember(link, f"{number:06X}", ACCEPTED, THEN + timedelta(seconds=number))
    assert cache.recall(link, "FFFFFF", THEN) is None
    assert cache.recall(link, "000000", THEN) is None
    assert cache.recall(link, "000001", THEN) == ACCEPTED


async def test_without_its_supervision_a_station_that_rejects_serves_who_was_accepted_before(
    tmp_path: Path,
) -> None:
    async with house(
        tmp_path,
        supervision__protocol="ocpp16j",
        general__authentication_location="supervision",
        general__offline_strategy="reject_all",
    ) as found:
        await found.storage.write(lambda link: cache.remember(link, "AABBCC", ACCEPTED, THEN))
        await found.charging.sim_plug(1, Vehicle())
        assert await found.charging.present_badge("DDEEFF") == "refused"
        assert found.charging.charge_points()[0].last_error == "KO_BadgeUnknown"
        assert await found.charging.present_badge("AABBCC") == "accepted"
        assert found.charging.charge_points()[0].session is not None
