"""Prints Live status of a station with two vehicles on one supply, as SVG."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from core.api import Origin, Vehicle
from screens.terminal_facts import TerminalFacts
from tests.screens.pictures import picture_of
from tests.screens.sitting import sitting
from tests.stations import NOON, PASSWORDS, log_in, running_station

TERMINAL = TerminalFacts(themes=("evtty-dark",))


async def charging_station() -> str:
    """The picture after half an hour of charging."""
    with TemporaryDirectory() as folder:
        async with running_station("parking-2", Path(folder)) as core:
            local = await log_in(core, "local")
            await local.change_settings({"socket.1.derated_current": 20, "time.zone": "Europe/Paris"})
            await local.sim_plug(1, Vehicle(phases=3, demand=16.0))
            await local.sim_badge("3F420F", 1)
            await local.sim_plug(2, Vehicle(phases=1, cable_current=20))
            await local.sim_badge("E1EB1C02", 2)
            await local.sim_advance(NOON + timedelta(minutes=30))
            await local.log_out()
            await (await log_in(core)).log_out()
            technician = Origin(kind="ssh", address="192.168.0.241")
            admin = await core.entrance().log_in("admin", PASSWORDS["admin"], technician)
            async with sitting(core, terminal=TERMINAL, station=admin) as seat:
                await seat.press("5")
                return picture_of(seat.app)


# Else rsvg-convert leaves out the blanks at the begin of a text.
print(asyncio.run(charging_station()).replace("<text ", '<text xml:space="preserve" '))
