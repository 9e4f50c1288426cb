"""The badges that the supervision accepted before."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.badges import cache
from core.values.simulation import Vehicle
from tests.core.charging_house import house

THEN = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def link() -> Iterator[sqlite3.Connection]:
    link = sqlite3.connect(":memory:")
    link.executescript(cache.SCHEMA)
    yield link
    link.close()


def test_an_accepted_badge_is_remembered_until_it_is_refused(link: sqlite3.Connection) -> None:
    cache.remember(link, "AABBCC", THEN)
    cache.remember(link, "AABBCC", THEN)
    cache.remember(link, "DDEEFF", THEN)
    cache.forget(link, "AABBCC")
    assert not cache.is_remembered(link, "AABBCC")
    assert cache.is_remembered(link, "DDEEFF")
    cache.forget(link)
    assert not cache.is_remembered(link, "DDEEFF")


def test_of_too_many_the_one_accepted_longest_ago_is_forgotten(link: sqlite3.Connection) -> None:
    for number in range(cache.KEPT + 1):
        cache.remember(link, f"{number:06X}", THEN + timedelta(seconds=number))
    assert not cache.is_remembered(link, "000000")
    assert cache.is_remembered(link, "000001")


async def test_without_its_supervision_a_station_that_rejects_serves_who_was_accepted_before(
    tmp_path: Path,
) -> None:
    async with house(
        tmp_path,
        supervision__protocol="ocpp16j",
        general__authentication_location="supervision",
        general__offline_strategy="reject_all",
    ) as found:
        await found.storage.write(lambda link: cache.remember(link, "AABBCC", THEN))
        await found.charging.sim_plug(1, Vehicle())
        assert await found.charging.present_badge("DDEEFF") == "refused"
        assert found.charging.charge_points()[0].last_error == "KO_BadgeUnknown"
        assert await found.charging.present_badge("AABBCC") == "accepted"
        assert found.charging.charge_points()[0].session is not None
