"""`errors`: those of now and those that are over, in words and as JSON."""

from __future__ import annotations

from pathlib import Path

from tests.dialogues.in_process import answer
from tests.stations import log_in, running_station


async def test_errors_of_now_and_of_the_past_are_told_with_their_causes(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        assert "No error was ever seen" in (await answer(admin, "errors --history")).output.decode()
        await admin.sim_fault(2, "anti_intrusion", on=True)
        now = (await answer(admin, "errors")).output.decode()
        assert now.split()[:6] == ["Err", "#7", "Anti-intrusion", "point", "2", "2026-03-02"]
        assert now.rstrip().endswith("the contact of the cover is open")
        await admin.sim_fault(2, "anti_intrusion", on=False)
        await admin.sim_fault(1, "surge_arrestor", on=True)
        told = await answer(admin, "errors --history --json")
        assert told.json["schema"] == "evtty/errors/1"
        assert [each["number"] for each in told.json["errors"]] == [6]
        assert [(each["error"], each["point"], each["ended"]) for each in told.json["history"]] == [
            (6, 1, ""),
            (7, 2, "cause_gone"),
        ]
        lines = (await answer(admin, "errors --history")).output.decode().splitlines()
        assert lines[0].split()[-1] == "Cause"
        assert ["lasts" in line for line in lines[1:]] == [True, False]
        only = await answer(admin, "errors --history --number 7 --json")
        assert [each["error"] for each in only.json["history"]] == [7]
        assert (await answer(admin, "errors")).output.decode().count("Err #") == 1
        assert (await answer(admin, "errors --number 7")).output.decode() == "No such error now.\n"
        here = await answer(admin, "errors --point 1 --json")
        assert [each["number"] for each in here.json["errors"]] == [6]
        assert (await answer(admin, "errors --point 2 --json")).json["errors"] == []
        never = await answer(admin, "errors --history --number 12")
        assert never.output.decode() == "No such error was ever seen.\n"


async def test_a_station_without_errors_says_so_and_every_account_may_ask(tmp_path: Path) -> None:
    async with running_station("wallbox-rfid", tmp_path) as core:
        user = await log_in(core, "user")
        assert (await answer(user, "errors")).output.decode() == "No error on this station.\n"
        assert (await answer(user, "errors --history --last 0")).code == 2
