"""Whether a console of this very software could start: its screens stand, its commands are there."""

from __future__ import annotations

import asyncio

NOT_WELL = 1


def check() -> int:
    """Start what a console shows, with nobody in front of it; gives the exit code."""
    return asyncio.run(_check())


async def _check() -> int:
    from console import serial_line, ssh_server
    from console.commands.table import LOCAL, REMOTE
    from console.seat import Seat

    parts = (serial_line.SerialLine, ssh_server.SshServer, *LOCAL, *REMOTE)
    seat = Seat()
    is_well = await seat.is_warm()
    seat.hang_up()
    await asyncio.gather(seat.task, return_exceptions=True)
    return 0 if is_well and all(parts) else NOT_WELL
