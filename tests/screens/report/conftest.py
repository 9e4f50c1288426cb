"""One report with something in every section, for all tests of how it is shown."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from core.api import Report, Vehicle
from tests.stations import NOON, log_in, running_station


async def make_report(folder: Path) -> Report:
    async with running_station("parking-2", folder) as core:
        local = await log_in(core, "local")
        await local.add_badge("E1EB1C02", comment="Fleet van 3")
        for _charge in range(2):
            await local.sim_plug(1, Vehicle(phases=1))
            await local.sim_badge("E1EB1C02", 1)
            await local.sim_advance((await local.clock()).time + timedelta(minutes=20))
            await local.sim_unplug(1)
        await local.sim_plug(1, Vehicle())
        await local.sim_badge("E1EB1C02", 1)
        await local.sim_fault(2, "surge_arrestor", on=True)
        await local.change_settings(
            {
                "socket.2.derated_current": 20,
                "publication.smtp.server": "mail.example.org",
                "publication.smtp.password": "Canary-mail-0451",
            }
        )
        await local.change_network({"network.dns_preferred": "192.168.0.5"})
        await local.sim_advance(NOON + timedelta(hours=2))
        return await local.report(uids=True, comments=True)


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return asyncio.run(make_report(tmp_path_factory.mktemp("reporting")))
