"""A station with a session of each account, and its clock in the test's hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.api import Origin, Station
from core.station import StationCore
from tests.stations import log_in, running_station


@dataclass(frozen=True)
class People:
    """The same station as each account holds it."""

    core: StationCore
    admin: Station
    user: Station
    machine: Station


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[People]:
    async with running_station("parking-2", tmp_path) as core:
        yield People(
            core=core,
            admin=await log_in(core, "admin"),
            user=await log_in(core, "user"),
            machine=await core.entrance().local(Origin(kind="local", purpose="command")),
        )


@pytest.fixture
async def factory_admin(tmp_path: Path) -> AsyncIterator[Station]:
    """Admin with the password that is printed in every guide."""
    async with running_station("parking-2", tmp_path) as core:
        yield await core.entrance().log_in("admin", "ADMIN", Origin(kind="ssh", address="::1"))
