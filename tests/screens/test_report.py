"""The page Report: read at 80 columns, section by section, exported as it is shown."""

from __future__ import annotations

from pathlib import Path

from core.api import LogQuery
from screens.lines import Lines
from tests.screens.scenes import charging_station
from tests.screens.test_transfer import KeptFiles, at_a_station
from tests.stations import log_in

UID = "E1EB1C02"


async def test_the_report_is_read_and_sent_without_badges_until_they_are_asked_for(tmp_path: Path) -> None:
    courier = KeptFiles()
    async with at_a_station(tmp_path, courier, tab="5") as (seat, core):
        await charging_station(core)
        seat.app.open_page("maintenance", "report")
        await seat.settle()
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
        await (await log_in(core, "admin")).report()
        noted = [e.subject for e in await local.log(LogQuery()) if e.action == "report_exported"]
        assert noted == ["", "with identifiers and comments"]


async def test_refresh_makes_the_report_anew(tmp_path: Path) -> None:
    async with at_a_station(tmp_path, KeptFiles(), tab="5") as (seat, core):
        seat.app.open_page("maintenance", "report")
        await seat.settle()
        assert "12:00:00" in seat.text
        await charging_station(core)
        assert "Report of 12:00:00" in seat.text
        await seat.press("ctrl+r")
        assert "Report of 12:42:07" in seat.text
