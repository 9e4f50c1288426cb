"""The commands that restart the station, while a car charges."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from core.api import LogQuery, Vehicle
from tests.dialogues.in_process import answer
from tests.dialogues.on_the_machine import answer_locally
from tests.stations import log_in, running_station


async def test_restart_asks_for_the_choice_waits_and_is_taken_back(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        user, local = await log_in(core, "user"), await log_in(core, "local")
        await local.sim_plug(2, Vehicle())
        await local.sim_badge("04A1B2C3", 2)
        refused = await answer(user, "restart")
        assert refused.code == 5
        assert refused.errors == (
            "A charge is open at charge point 2. Say --now to end it with its record, or --when-free.\n"
        )
        refused = await answer(user, "restart --json")
        assert json.loads(refused.output)["error"]["details"] == {"choices": "--now, --when-free"}
        assert (await answer(user, "restart --now --when-free")).code == 2
        assert (await answer(user, "restart --now --take-back")).code == 2
        assert (await answer(user, "restart --take-back")).code == 6

        waits = json.loads((await answer(user, "restart --when-free --json")).output)
        assert (waits["station"], waits["changed"]) == ("waiting", True)
        assert waits["restart_waiting"]["account"] == "user"
        status = json.loads((await answer(user, "status --json")).output)
        assert status["station"]["restart_waiting"] == waits["restart_waiting"]
        assert "restart, asked for by user, ssh ::1" in (await answer(user, "status")).output.decode()
        assert "Taken back" in (await answer(user, "restart --take-back")).output.decode()

        assert (await answer(user, "restart --now")).code == 0
        assert await core.ended() == "restart"


async def test_factory_reset_and_erasing_want_yes_and_the_choice_and_an_administrator(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin, user = await log_in(core), await log_in(core, "user")
        await admin.sim_plug(1, Vehicle())
        await admin.sim_badge("04A1B2C3", 1)
        for command in ("factory-reset", "erase-personal-data"):
            assert (await answer(admin, command)).code == 2
            assert (await answer(admin, f"{command} --now")).code == 2
            assert (await answer(admin, f"{command} --yes")).code == 5
            assert (await answer(user, f"{command} --yes --now")).code == 4
            waits = (await answer(admin, f"{command} --yes --when-free --json")).json
            assert (waits["schema"], waits["station"]) == (f"evtty/{command}/1", "waiting")
        assert (
            "erasing of personal data, asked for by admin" in (await answer(user, "status")).output.decode()
        )
        assert (await answer(user, "restart --now")).code == 5
        assert (await answer(user, "restart --take-back")).code == 4
        assert not core.parts.ending.is_restarting
        gone = await answer(admin, "factory-reset --yes --now --json")
        assert (gone.json["station"], gone.json["changed"]) == ("restarting", True)
        assert await core.ended() == "restart"


def test_a_station_that_does_not_run_is_reset_on_its_machine(tmp_path: Path) -> None:
    folder = tmp_path / "station"
    assert answer_locally(["factory-reset", "--yes"], folder, "").returncode == 6
    asyncio.run(commissioned(folder))
    assert answer_locally(["factory-reset"], folder, "").returncode == 2
    done = answer_locally(["factory-reset", "--yes"], folder, "")
    assert (done.returncode, done.stdout) == (
        0,
        "The station has its factory settings. Start it and log in as admin with ADMIN.\n",
    )
    again = json.loads(answer_locally(["factory-reset", "--yes", "--json"], folder, "").stdout)
    assert (again["station"], again["changed"]) == ("stopped", True)
    asyncio.run(is_as_from_the_factory(folder))


async def commissioned(folder: Path) -> None:
    async with running_station("parking-2", folder) as core:
        admin = await log_in(core)
        await admin.add_badge("AABBCCDD")
        await admin.change_settings({"socket.1.derated_current": 16})


async def is_as_from_the_factory(folder: Path) -> None:
    async with running_station("parking-2", folder) as core:
        assert await core.parts.accounts.is_factory("admin")
        local = await log_in(core, "local")
        assert [badge.uid for badge in (await local.badges()).badges] == ["AABBCCDD"]
        assert core.parts.settings.value("socket.1.derated_current") == 32
        log = await local.log(LogQuery(last=100))
        assert [entry.origin for entry in log if entry.action == "factory_reset"] == ["local", "local"]
