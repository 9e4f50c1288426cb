"""The page of Publication: result and next time, publishing now, testing the connection."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.core.publication.publisher import advance, by_web, charge, has_failed, is_done, set_up, until
from tests.peers.cable import unused_port
from tests.peers.web_server import WebServer
from tests.screens.sitting import Sitting, sitting
from tests.stations import running_station


async def open_page(seat: Sitting) -> None:
    seat.app.open_page("records", "publication")
    await seat.settle()


async def press(seat: Sitting, action: str) -> None:
    """Go back from the first setting to a button above the form, and press it."""
    await seat.press(*(["shift+tab"] * (1 if action == "test" else 2)), "enter")


async def test_records_are_published_at_once_and_the_result_is_shown(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, WebServer() as server:
        await charge(core, 3)
        await set_up(core, by_web(server.port))
        async with sitting(core) as seat:
            await open_page(seat)
            assert "Nothing is published yet." in seat.text
            assert "Next 2026-03-03 00:01, daily. Records that wait: 3." in seat.text
            assert "Not encrypted" in seat.text
            await press(seat, "publish")
            await until(core, is_done)
            await seat.settle()
            assert "Last published 2026-03-02 12:00: records 1 to 3." in seat.text
            assert "Records that wait: 0." in seat.text
    assert len(server.uploads) == 1


async def test_a_failure_is_shown_with_its_step_and_the_next_try(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await charge(core, 3)
        await set_up(core, by_web(unused_port()))
        async with sitting(core) as seat:
            await open_page(seat)
            await advance(core, timedelta(hours=12, minutes=1))
            await until(core, has_failed)
            await seat.settle()
            assert "Failed 2026-03-03 00:01, try 1: records 1 to 3. Sent again at 00:02." in seat.text
            assert "Connect: 127.0.0.1 is there, but no server listens" in seat.text


async def test_the_connection_is_tested_with_what_is_typed_and_not_saved(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, WebServer() as server:
        await charge(core, 1)
        await set_up(core, by_web(unused_port(), "disabled"))
        async with sitting(core) as seat:
            await open_page(seat)
            seat.app.visit.edits.put(seat.app.visit.settings["publication.http.port"], str(server.port))
            await press(seat, "test")
            status = await until(core, lambda now: now.test is not None and now.test.ok is not None)
            await seat.settle()
            assert status.test is not None
            assert status.test.ok
            assert "OK      Connect" in seat.text
            assert "The server can be reached. Nothing was sent." in seat.text
            await seat.press("enter")
            assert "The server can be reached" not in seat.text
    assert server.uploads == []


async def test_what_is_not_saved_is_not_published_by(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, WebServer() as server:
        await charge(core, 1)
        await set_up(core, by_web(server.port, "disabled"))
        async with sitting(core) as seat:
            await open_page(seat)
            seat.app.visit.edits.put(seat.app.visit.settings["publication.http.port"], "9998")
            await press(seat, "publish")
            assert "Save first (^O)" in seat.text
    assert server.uploads == []


async def test_who_may_only_read_sees_the_result_without_buttons(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, "user") as seat:
        await open_page(seat)
        assert "Nothing is published yet." in seat.text
        assert "Publish now" not in seat.text
