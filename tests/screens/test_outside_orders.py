"""Live status, the socket-outlets page, `status` and the report say what systems outside have ordered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from core.values.outside import Booking
from core.values.simulation import Vehicle
from tests.console.commands.recorded import ask
from tests.screens.sitting import sitting
from tests.stations import NOON, log_in, running_station

CONTROLLED: dict[str, str | int] = {
    "general.authentication_location": "disable",
    "energy.external_control": True,
}


async def test_a_suspended_charge_and_a_booked_charge_point_say_so_everywhere(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        local = await log_in(core, "local")
        await local.change_settings(CONTROLLED)
        charging = core.parts.charging
        until = NOON + timedelta(hours=2)
        await charging.book(Booking(number=1, point=2, uid="AABBCC", until=until, origin="plc"))
        await local.sim_plug(1, Vehicle())
        await charging.suspend(1)
        async with sitting(core, size=(80, 50)) as seat:
            await seat.press("5")
            assert "Suspend_Plc_Cmd_Received" in seat.text
            assert "AABBCC" in seat.line_with("Kept for")
            assert "14:00" in seat.line_with("Kept until")
            seat.app.open_page("energy", "sockets", key="socket.1.derated_current")
            await seat.settle()
            assert "0 A offered: suspended by the building management" in seat.text
        told = (await ask(local, "status", local=True)).text
        assert "Booked_Plc_Cmd_Received" in told
        assert "AABBCC" in told
        hidden = await local.report()
        assert "AABBCC" not in str(hidden)
        assert "AABBCC" in str(await local.report(uids=True))
