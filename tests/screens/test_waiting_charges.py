"""Live status and `status` say in the guide's words that a charge waits, and the log why."""

from __future__ import annotations

from datetime import timedelta
from importlib import resources
from pathlib import Path

import pytest

from core.api import Vehicle
from tests.console.commands.recorded import ask
from tests.screens.sitting import sitting
from tests.stations import NOON, log_in, running_station

NOT_ENOUGH = "not_Enough_Energy_To_Start_Charge"


@pytest.fixture
def tight(tmp_path: Path) -> str:
    """A station whose supply carries 26 A: too little for two three-phase charges."""
    shipped = resources.files("core").joinpath("profiles", "parking-2.toml").read_text(encoding="utf-8")
    file = tmp_path / "station.toml"
    file.write_text(f"supply_current = 26\n{shipped}", encoding="utf-8")
    return str(file)


async def test_a_charge_that_is_postponed_and_one_that_is_shed_say_so(tight: str, tmp_path: Path) -> None:
    async with running_station(tight, tmp_path / "station") as core:
        local = await log_in(core, "local")
        await local.change_settings(
            {"general.authentication_location": "disable", "socket.1.input_2": "conditional_start"}
        )
        await local.sim_plug(1, Vehicle())
        told = (await ask(local, "status", "--json", local=True)).json["charge_points"][0]
        assert "Charge_Postpone" in told["evse_status"]
        assert told["offered_current"] == 0
        async with sitting(core, size=(80, 50)) as seat:
            await seat.press("5")
            assert "Charge_Postpone" in seat.text
            await local.sim_input(1, "input_2", closed=True)
            await local.sim_advance(NOON + timedelta(seconds=10))
            await local.sim_plug(2, Vehicle())
            await local.sim_advance(NOON + timedelta(seconds=20))
            await seat.press("f", "ctrl+r")
            assert "Charge_Postpone" not in seat.text
            assert "not_Enough_Energy_To_" in seat.line_with("not_Enough")
            assert "0 A" in seat.line_with("Limit, balancing")
            assert "26 A" in seat.line_with("Limit, balancing")
        first, second = (await ask(local, "status", "--json", local=True)).json["charge_points"]
        assert NOT_ENOUGH in first["evse_status"]
        assert {"source": "balancing", "current": 0.0} in first["limits"]
        assert second["offered_current"] == 26
        told = (await ask(local, "log", "--json", local=True)).json["entries"]
        assert [(each["subject"], each["new"], each["text"]) for each in told if each["new"]][-2:] == [
            ("charge point 1", "0 A (balancing)", "shed: the charge that began first gives way"),
            ("charge point 2", "26 A (balancing)", "all that the supply has"),
        ]
