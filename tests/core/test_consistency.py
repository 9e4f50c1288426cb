"""Settings and meters that contradict each other are told, and where to set it right."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.api import Station
from core.consistency import same_meter
from tests.stations import log_in, running_station

PLACES = ("192.168.0.130 port 502, address 2", "192.168.0.130 port 502, address 3")


def test_one_meter_that_answers_at_two_places_is_told() -> None:
    found = same_meter({1: (PLACES[0], 31550007), 2: (PLACES[1], 31550007)})
    assert found == "the meters of both charge points are one device, serial number 31550007"


@pytest.mark.parametrize(
    "found",
    [
        {1: (PLACES[0], 7)},
        {1: (PLACES[0], 7), 2: None},
        {1: (PLACES[0], 7), 2: (PLACES[1], 8)},
        {1: (PLACES[0], 7), 2: (PLACES[0], 7)},
    ],
)
def test_other_meters_are_as_they_should_be(found: dict[int, tuple[str, int] | None]) -> None:
    assert same_meter(found) == ""


async def errors(station: Station) -> list[tuple[int, str, str, str]]:
    return [(each.number, each.tab, each.sub_tab, each.cause) for each in (await station.status()).errors]


async def test_settings_of_a_file_that_lack_a_secret_lead_to_where_it_is_entered(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        local = await log_in(core, "local")
        with_password = {
            "publication.ftp.authentication": "yes",
            "publication.protocol": "ftp",
            "publication.ftp.username": "station",
            "publication.ftp.password": "Canary-0451",
        }
        await local.change_settings(with_password)
        await core.tick()
        assert await errors(local) == []
        file = await local.export_config()
        await local.change_settings({"publication.ftp.authentication": "no", "publication.ftp.password": ""})
        await local.import_config(file)
        await core.tick()
        words = "Password: is needed while Authentication required is on"
        assert await errors(local) == [(9, "records", "publication", words)]
    async with running_station("parking-2", tmp_path) as core:
        local = await log_in(core, "local")
        await core.tick()
        assert [number for number, *_rest in await errors(local)] == [9]
        await local.change_settings({"publication.ftp.password": "Canary-0452"})
        await core.tick()
        assert await errors(local) == []
