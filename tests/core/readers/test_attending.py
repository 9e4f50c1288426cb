"""A station with a reader on a line: its badges charge, its loss is Err #1."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from core.api import LogQuery, Station, Vehicle
from core.audit import Note
from core.causes import Causes
from core.clock import SimulatedClock
from core.errors import Invalid, NotAllowed, NotFound
from core.profile import DriverLink, load_profile
from core.readers.attending import AttendedReader
from core.readers.simulated import SimulatedReader
from core.station import StationCore
from tests.core.readers.hand_clock import GUARD_SECONDS, HandClock
from tests.core.readers.models.ascii_line import AsciiLineModel
from tests.core.readers.models.line_end import LineEnd
from tests.core.readers.models.pn532 import Pn532Model
from tests.stations import NOON, cheap_keeper, log_in, running_station

CARD = "E1EB1C02"


@asynccontextmanager
async def station_with(driver: str, link: str, folder: Path) -> AsyncIterator[StationCore]:
    """Run a station with two charge points and this reader."""
    profile = msgspec.structs.replace(load_profile("parking-2"), reader=DriverLink(driver=driver, link=link))
    clock = SimulatedClock(start=NOON, speed=0)
    core = await StationCore.start(profile, folder, clock=clock, ticking=False, keeper=cheap_keeper())
    try:
        yield core
    finally:
        await core.stop()


async def until_charging(station: Station, uid: str | None) -> None:
    """Wait until this badge charges at the first point; None until nobody does."""
    async with asyncio.timeout(GUARD_SECONDS):
        events = station.events()
        while True:
            session = (await station.status()).charge_points[0].session
            if (None if session is None else session.uid) == uid:
                return
            await anext(events)


async def until_errors(station: Station, *numbers: int) -> None:
    """Wait until the station has these errors."""
    async with asyncio.timeout(GUARD_SECONDS):
        events = station.events()
        while tuple(error.number for error in (await station.status()).errors) != numbers:
            await anext(events)


async def test_a_card_on_a_pn532_starts_a_charge(tmp_path: Path, chip: Pn532Model, line: LineEnd) -> None:
    async with station_with("pn532", f"serial://{line.path}", tmp_path / "data") as core:
        admin = await log_in(core)
        await admin.sim_plug(1, Vehicle())
        chip.hold_card(CARD)
        await until_charging(admin, CARD)
        assert (await admin.hardware()).versions[0].reader == "PN532 1.6"


async def test_the_same_badge_ends_the_charge_and_the_reader_beeps(
    tmp_path: Path, text_reader: AsciiLineModel, line: LineEnd
) -> None:
    async with station_with("ascii_line", f"serial://{line.path}?beep=07", tmp_path / "data") as core:
        admin = await log_in(core)
        await admin.sim_plug(1, Vehicle())
        text_reader.hold_badge("3F420F")
        await until_charging(admin, "3F420F")
        await admin.sim_badge("3F420F")
        await until_charging(admin, None)
        async with asyncio.timeout(GUARD_SECONDS):
            await text_reader.has_beeped(1)


async def test_a_reader_that_is_pulled_out_is_err_1_and_charging_goes_on(
    tmp_path: Path, chip: Pn532Model, line: LineEnd
) -> None:
    async with station_with("pn532", f"serial://{line.path}", tmp_path / "data") as core:
        admin = await log_in(core)
        await admin.sim_plug(1, Vehicle())
        chip.hold_card(CARD)
        await until_charging(admin, CARD)
        line.pull_out()
        chip.lose_power()
        await until_errors(admin, 1)
        status = await admin.status()
        assert status.charge_points[0].session is not None
        assert status.station.state == "Operational"
        line.put_in()
        await until_errors(admin)
        await core.parts.storage.flush()
        actions = [(each.action, each.subject) for each in await admin.log(LogQuery())]
        assert ("error_raised", "badge reader") in actions
        assert ("error_cleared", "badge reader") in actions


async def test_badges_are_taken_one_after_the_other_and_a_refused_one_does_not_stop_the_next() -> None:
    clock, taken = HandClock(), []
    reader = SimulatedReader(clock)
    arrived = asyncio.Event()

    async def take(uid: str) -> None:
        taken.append(uid)
        if uid == "000001":
            raise Invalid("no")
        arrived.set()

    notes: list[Note] = []
    causes = Causes(clock, lambda: None, notes.append)
    attended = AttendedReader(reader, take, causes, lambda: None)
    task = asyncio.create_task(attended.run())
    reader.present("000001")
    reader.present("000002")
    async with asyncio.timeout(GUARD_SECONDS):
        await arrived.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert taken == ["000001", "000002"]
    assert notes == []


async def test_a_station_without_a_reader_looks_for_none(tmp_path: Path) -> None:
    profile = msgspec.structs.replace(
        load_profile("wallbox-key"), reader=DriverLink(driver="pn532", link=f"serial://{tmp_path}/none")
    )
    core = await StationCore.start(profile, tmp_path / "data", ticking=False, keeper=cheap_keeper())
    try:
        admin = await log_in(core)
        assert (await admin.status()).errors == ()
    finally:
        await core.stop()


async def test_a_simulated_reader_is_lost_and_found_by_a_fault(tmp_path: Path) -> None:
    clock = SimulatedClock(start=NOON, speed=0)
    async with running_station("parking-2", tmp_path, clock=clock) as core:
        admin = await log_in(core)
        assert "reader" in (await admin.sim_names())["faults"]
        await admin.sim_fault(1, "reader", True)
        await until_errors(admin, 1)
        with pytest.raises(NotAllowed, match="Err #1"):
            await admin.sim_badge(CARD)
        await admin.sim_fault(1, "reader", False)
        await until_errors(admin)
        await admin.sim_plug(1, Vehicle())
        await admin.sim_badge(CARD, 1)
        await until_charging(admin, CARD)


async def test_a_station_without_a_reader_has_no_fault_of_it(tmp_path: Path) -> None:
    async with running_station("wallbox-key", tmp_path) as core:
        admin = await log_in(core)
        assert "reader" not in (await admin.sim_names())["faults"]
        with pytest.raises(NotFound, match="No fault reader"):
            await admin.sim_fault(1, "reader", True)
