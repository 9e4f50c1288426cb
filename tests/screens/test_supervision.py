"""The page of Supervision: how the link is, testing the way, the last messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.values.simulation import Vehicle
from tests.core.ocpp.supervised import by_ocpp, is_quiet, supervised, until
from tests.peers.central import CentralSystem
from tests.screens.sitting import Sitting, sitting
from tests.stations import running_station

pytestmark = pytest.mark.peer("node", "ocpp-rpc")


async def open_page(seat: Sitting) -> None:
    seat.app.open_page("configuration", "supervision")
    await seat.settle()


async def test_the_link_its_address_and_its_last_messages_are_shown(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core, sitting(core) as seat:
        await open_page(seat)
        assert "Connected. Last heard 12:00:00." in seat.text
        assert f"Primary server: {central.url}/CP%7C" in seat.text
        assert "Not encrypted: anybody can read it." in seat.text
        await seat.press("shift+tab", "enter")
        assert "Last messages" in seat.text
        assert "12:00:00 -> call     StatusNotification" in seat.text
        assert "12:00:00 <- answer   BootNotification" in seat.text
        await seat.press("enter")
        central.drop()
        await until(core, lambda status: status.state == "waiting")
        seat.app.pulse()
        await seat.settle()
        assert "CS-01 supervision lost" in seat.text
        assert "Link: The link broke off." in seat.text


async def test_the_way_is_tested_with_what_is_typed_and_not_saved(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await open_page(seat)
        assert "Supervision is off." in seat.text
        for key, value in by_ocpp(central).items():
            if key.startswith("supervision."):
                seat.app.visit.edits.put(seat.app.visit.settings[key], str(value))
        await seat.press("shift+tab", "shift+tab", "enter")
        await central.closed()
        await seat.settle()
        assert "OK      Register: The central system accepts this station." in seat.text
        assert "The central system can be reached and takes this station." in seat.text


async def test_live_status_shows_links_and_the_number_of_a_charge(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core, sitting(core, size=(80, 60)) as seat:
        await core.parts.charging.sim_plug(1, Vehicle())
        await core.parts.charging.present_badge("AABBCC01", 1)
        await central.heard("StartTransaction")
        await until(core, is_quiet)
        await seat.press("5")
        seat.app.pulse()
        await seat.settle()
        assert seat.line_with("Transaction").split() == ["Transaction", str(central.last_transaction), "-"]
        assert "Connected." in seat.line_with("Supervision  ")
        central.drop()
        await until(core, lambda status: status.state == "waiting")
        seat.app.pulse()
        await seat.settle()
        assert "Not connected." in seat.line_with("Supervision  ")
