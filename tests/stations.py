"""A running station for tests: in this process, on a clock that is turned by hand, with cheap passwords."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from core.api import Origin, Station
from core.bms.listening import Endpoint
from core.clock import Clock, SimulatedClock
from core.passwords import Keeper
from core.profile import load_profile
from core.station import StationCore

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PASSWORDS = {"admin": "Hidden-Door-7", "user": "Open-Window-3"}


def cheap_keeper() -> Keeper:
    """Password hashing that takes no time; never in a station that charges."""
    return Keeper(memory=8, passes=1)


@asynccontextmanager
async def running_station(
    profile: str,
    folder: Path,
    *,
    clock: Clock | None = None,
    demo: bool = False,
    ticking: bool = False,
    bms: Endpoint | None = None,
) -> AsyncIterator[StationCore]:
    """Run a station on `folder`; by default its clock is held at `NOON` and `tick` is called by the test."""
    core = await StationCore.start(
        load_profile(profile),
        folder,
        clock=clock or SimulatedClock(start=NOON, speed=0),
        demo=demo,
        ticking=ticking,
        keeper=cheap_keeper(),
        bms=bms,
    )
    try:
        yield core
    finally:
        await core.stop()


async def log_in(core: StationCore, account: str = "admin", *, kind: str = "ssh") -> Station:
    """Log in with the password of `PASSWORDS`, set first where the factory password still holds."""
    entrance = core.entrance()
    if account == "local":
        return await entrance.local(Origin(kind="local"))
    origin = Origin(kind="serial" if kind == "serial" else "ssh", address="::1")
    with_factory = await core.parts.accounts.is_factory(account)
    password = account.upper() if with_factory else PASSWORDS[account]
    station = await entrance.log_in(account, password, origin)
    if with_factory:
        await core.parts.storage.flush()  # The log has the one before the other.
        await station.change_password(account, PASSWORDS[account])
    return station


def everything_in(folder: Path) -> bytes:
    """Return all bytes of all files in a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
