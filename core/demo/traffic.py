"""Cars that come and go by themselves, so that a newcomer sees the station live."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

from core.charging import Charging
from core.demo.furnishing import DRIVERS, SEED, Driver
from core.errors import StationError
from core.values.simulation import Vehicle

Pause = Callable[[float], Awaitable[None]]

STRANGER = "DEADBEEF"
"""A badge that no register knows."""


async def come_and_go(charging: Charging, *, points: int, reader: bool, pause: Pause = asyncio.sleep) -> None:
    """Serve invented cars at every charge point, for ever.

    The first point begins at once, the second one a little later. A charge point where somebody else has
    plugged in a vehicle is left alone.
    """
    chance = random.Random(SEED)  # noqa: S311 - a story, not a secret
    async with asyncio.TaskGroup() as group:
        for point in range(1, points + 1):
            seed = chance.randrange(2**32)
            group.create_task(_point(charging, point, points, reader, random.Random(seed), pause))  # noqa: S311


async def _point(
    charging: Charging, point: int, points: int, reader: bool, chance: random.Random, pause: Pause
) -> None:
    # Half of the badges each, so that nobody charges at two points.
    drivers = DRIVERS[point - 1 :: points]
    await pause(25.0 * (point - 1))
    while True:
        try:
            await _visit(charging, point, chance.choice(drivers), reader, chance, pause)
        except StationError:
            # Somebody else is at this point: let them.
            await pause(30.0)
        await pause(chance.uniform(8, 25))


async def _visit(
    charging: Charging, point: int, driver: Driver, reader: bool, chance: random.Random, pause: Pause
) -> None:
    """A car comes, charges for a minute or two, and leaves; now and then something goes wrong."""
    full_soon = chance.random() < 0.3
    await charging.sim_plug(
        point,
        Vehicle(
            phases=driver.phases,
            demand=driver.current,
            energy_wh=chance.randint(120, 400) if full_soon else None,
            ready_after_s=2.0,
            cable_current=32 if driver.current > 20 else 20,
        ),
    )
    await pause(2.0)
    if reader:
        await charging.sim_badge(driver.uid, point)
    mine = _transaction(charging, point)
    await pause(chance.uniform(30, 60))
    if reader and chance.random() < 0.2:
        await charging.sim_badge(STRANGER, point)
    await pause(chance.uniform(15, 60))
    if _transaction(charging, point) not in {mine, None}:
        return
    leaves_cable = chance.random() < 0.1
    if leaves_cable:
        await charging.sim_fault(point, "cable_left", True)
    await charging.sim_unplug(point)
    if leaves_cable:
        await pause(50.0)
        await charging.sim_fault(point, "cable_left", False)


def _transaction(charging: Charging, point: int) -> int | None:
    session = charging.charge_points()[point - 1].session
    return None if session is None else session.transaction_id
