"""Pictures of a change of the network: refused while it is typed, on trial, kept, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from core.api import Origin
from tests.screens.pictures import Picture, picture_of
from tests.screens.sitting import Sitting, sitting
from tests.stations import PASSWORDS, log_in, running_station

MOVE = {"network.ip_address": "192.168.0.50"}


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Picture)


async def enter(seat: Sitting, sub_tab: str, key: str, text: str) -> None:
    """Go to a field and type over what is there."""
    seat.app.open_page("configuration", sub_tab, key=key)
    await seat.settle()
    await seat.press("ctrl+u")
    await seat.type(text)


async def test_a_trial_as_who_changed_it_sees_it(tmp_path: Path, picture: SnapshotAssertion) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await log_in(core)
        origin = Origin(kind="ssh", address="192.168.0.250", arrived_at="192.168.0.102")
        station = await core.entrance().log_in("admin", PASSWORDS["admin"], origin)
        async with sitting(core, station=station) as seat:
            await enter(seat, "network", "network.ip_address", "192.168.0.254")
            await seat.press("ctrl+o")
            assert picture_of(seat.app) == picture(name="refused")
            await enter(seat, "network", "network.ip_address", "192.168.0.50")
            await seat.press("ctrl+o")
            await seat.settle()
            assert picture_of(seat.app) == picture(name="on-trial")
            other = await core.entrance().log_in("admin", PASSWORDS["admin"], origin)
            await other.confirm_network()
            await seat.settle()
            assert picture_of(seat.app) == picture(name="confirmed-elsewhere")


async def test_a_trial_as_who_may_confirm_it_sees_it(tmp_path: Path, picture: SnapshotAssertion) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await (await log_in(core)).change_network(MOVE)
        station = await log_in(core, kind="serial")
        async with sitting(core, station=station) as seat:
            assert picture_of(seat.app) == picture(name="asked")
            await seat.press("escape")
            seat.app.screen.query_one("TrialBar").query("Button").first().focus()
            await seat.settle()
            assert picture_of(seat.app) == picture(name="at-the-line")
            await station.revert_network()
            await seat.settle()
            assert picture_of(seat.app) == picture(name="reverted")


async def test_wifi_refused_and_on_trial(tmp_path: Path, picture: SnapshotAssertion) -> None:
    async with running_station("wallbox-key", tmp_path) as core, sitting(core) as seat:
        await enter(seat, "wifi", "wifi.ssid", "Café du Marché, première étage")
        await enter(seat, "wifi", "wifi.passphrase", "short")
        await seat.press("ctrl+o")
        assert picture_of(seat.app) == picture(name="refused")
        await enter(seat, "wifi", "wifi.ssid", 'Yard "5"')
        await enter(seat, "wifi", "wifi.passphrase", "Hidden-Door-7")
        await seat.press("ctrl+o")
        await seat.settle()
        assert picture_of(seat.app) == picture(name="on-trial")
