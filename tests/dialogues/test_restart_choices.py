"""The commands that restart the station, while a car charges."""

from __future__ import annotations

import json
from pathlib import Path

from core.api import Vehicle
from tests.dialogues.in_process import answer
from tests.stations import log_in, running_station


async def test_restart_asks_for_the_choice_waits_and_is_taken_back(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        user, local = await log_in(core, "user"), await log_in(core, "local")
        await local.sim_plug(2, Vehicle())
        await local.sim_remote(2, "start")
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
