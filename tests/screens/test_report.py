"""The page Report: read at 80 columns, section by section, exported as it is shown."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from core.api import LogQuery
from core.station import StationCore
from screens.lines import Lines
from tests.screens.scenes import charging_station
from tests.screens.sitting import Sitting, sitting
from tests.screens.test_transfer import Files, KeptFiles, at_a_station
from tests.stations import NOON, log_in, running_station

UID = "E1EB1C02"


@asynccontextmanager
async def charging_at_a_page(folder: Path) -> AsyncIterator[tuple[Sitting, StationCore]]:
    """Somebody who reads the report of a station where cars charge."""
    async with running_station("parking-2", folder) as core:
        await charging_station(core)
        async with sitting(core) as seat:
            seat.app.open_page("maintenance", "report")
            await seat.settle()
            yield seat, core


async def test_the_report_is_read_and_sent_without_badges_until_they_are_asked_for(tmp_path: Path) -> None:
    courier = KeptFiles()
    async with charging_at_a_page(tmp_path) as (seat, core):
        seat.app.files = Files((courier,))
        assert "Report of 12:42:07, without badges" in seat.text
        lines = seat.app.frame.query_one(Lines)
        assert UID not in "".join(line.plain for line in lines.lines)
        seen = []
        for _section in range(9):
            seen.append(lines.line(lines.cursor).plain)
            await seat.press("s")
        assert seen[0] == "MAINTENANCE REPORT" == lines.line(lines.cursor).plain
        assert "ERRORS" in seen
        assert seen[-1] == "LAST ENTRIES OF THE LOG"

        await seat.press("x")
        assert "report.html" in seat.text
        assert "report --html > report.html" in seat.text
        await seat.press("c", "enter", "b")
        assert "with badges" in seat.text
        assert UID in "".join(line.plain for line in lines.lines)
        await seat.press("x", "c", "enter")
        (bare, full) = (content.decode() for _name, content in courier.sent)
        assert UID not in bare
        assert UID in full
        local = await log_in(core, "local")
        noted = [e.subject for e in await local.log(LogQuery()) if e.action == "report_exported"]
        assert noted == ["", "with identifiers and comments"]


async def test_refresh_makes_the_report_anew(tmp_path: Path) -> None:
    async with charging_at_a_page(tmp_path) as (seat, core):
        await (await log_in(core, "local")).sim_advance(NOON + timedelta(hours=1))
        assert "Report of 12:42:07" in seat.text
        await seat.press("ctrl+r")
        assert "Report of 13:00:00" in seat.text


async def test_the_report_is_exported_from_anywhere_by_its_name(tmp_path: Path) -> None:
    courier = KeptFiles()
    async with at_a_station(tmp_path, courier, tab="1") as (seat, _core):
        await seat.press("slash")
        await seat.type("export the maintenance")
        await seat.press("enter", "c")
        ((name, content),) = courier.sent
        assert (name, content[:15]) == ("report.html", b"<!DOCTYPE html>")
