"""The driver of EVSE-WB boards against a model of one, over a real line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from core.boards.evse_modbus import EvseWb
from core.boards.polled import POLL_SECONDS, SILENT_SECONDS, PolledBoard
from core.modbus import ModbusLines, ModbusLink
from tests.core.boards.bench import Bench, bench
from tests.core.boards.conftest import THINKS
from tests.core.boards.models.evse_wb import EvseWbModel
from tests.core.readers.hand_clock import GUARD_SECONDS, HandClock
from tests.core.readers.models.line_end import LineEnd


@pytest.fixture
async def evse(line: LineEnd, clock: HandClock) -> EvseWbModel:
    return EvseWbModel(line, now=clock.elapsed)


@asynccontextmanager
async def driven(
    evse: EvseWbModel, clock: HandClock, *, attached: bool = False, unit: int = 1
) -> AsyncIterator[Bench]:
    """Run the driver; every request of it must have kept the silence that the board needs."""
    link = ModbusLink(device=str(evse.line.path), baud=9600)
    device = EvseWb(link, ModbusLines(clock), clock, unit=unit, attached=attached)
    async with bench(PolledBoard("charge point 1", device, clock), clock, THINKS) as found:
        yield found
    assert evse.hurried == 0


@pytest.fixture
async def board(evse: EvseWbModel, clock: HandClock) -> AsyncIterator[Bench]:
    """Give the driver of a board with a socket-outlet, and its first reading."""
    async with driven(evse, clock) as found:
        await found.answers()
        yield found


async def test_a_board_without_an_offer_is_told_to_offer_nothing(board: Bench, evse: EvseWbModel) -> None:
    read = await board.reads(lambda read: read.pilot == 12.0)
    assert evse.current == 0
    assert not read.modulated
    assert board.board.version == "EVSE-WB 17"


async def test_what_the_board_cannot_tell_is_not_made_up(board: Bench) -> None:
    read = await board.answers()
    assert read.current is None
    assert read.locked is None
    assert read.proximity is None


async def test_a_vehicle_is_offered_current_and_draws_it(board: Bench, evse: EvseWbModel) -> None:
    evse.plug("C", cable=20)
    read = await board.reads(lambda read: read.pilot == 9.0)
    assert read.proximity == 680.0
    board.offer(16.0, closed=True)
    read = await board.reads(lambda read: read.pilot == 6.0)
    assert read.modulated
    assert read.contactor_closed is True
    assert evse.offered == 16


@pytest.mark.parametrize(
    ("cable", "ohm"),
    [(13, 1500.0), (20, 680.0), (32, 220.0), (63, 100.0), (25, 680.0), (0, 5000.0), (6, 5000.0)],
)
async def test_the_cable_is_read_as_its_ampere_value(
    board: Bench, evse: EvseWbModel, cable: int, ohm: float
) -> None:
    evse.plug("B", cable=cable)
    assert (await board.reads(lambda read: read.pilot == 9.0)).proximity == ohm


async def test_an_attached_cable_has_no_proximity(evse: EvseWbModel, clock: HandClock) -> None:
    evse.plug("B", cable=0)
    async with driven(evse, clock, attached=True) as found:
        assert (await found.reads(lambda read: read.pilot == 9.0)).proximity is None


@pytest.mark.parametrize(
    ("hundredths", "offered", "written"),
    [(False, 14.9, 14), (True, 14.9, 1490), (True, 6.0, 600), (False, 6.0, 6)],
)
async def test_a_current_is_never_rounded_up(
    line: LineEnd, clock: HandClock, hundredths: bool, offered: float, written: int
) -> None:
    evse = EvseWbModel(line, now=clock.elapsed, hundredths=hundredths)
    async with driven(evse, clock) as found:
        await found.answers()
        found.offer(offered)
        await found.until(lambda: evse.current != 0)
    assert evse.current == written


async def test_the_flag_of_hundredths_means_nothing_to_earlier_firmware(
    line: LineEnd, clock: HandClock
) -> None:
    evse = EvseWbModel(line, now=clock.elapsed, firmware=16, hundredths=True)
    async with driven(evse, clock) as found:
        await found.answers()
        found.offer(16.0)
        await found.until(lambda: evse.current == 16)


async def test_less_than_the_board_can_offer_is_nothing(evse: EvseWbModel, clock: HandClock) -> None:
    evse.memory[2] = 10
    async with driven(evse, clock) as found:
        await found.answers()
        found.offer(9.0)
        await found.rounds(4)
        assert evse.current == 0
        found.offer(10.0)
        await found.until(lambda: evse.current == 10)


@pytest.mark.parametrize("has_configuration", [True, False])
async def test_old_firmware_is_asked_only_for_what_it_has(
    line: LineEnd, clock: HandClock, has_configuration: bool
) -> None:
    evse = EvseWbModel(line, now=clock.elapsed, firmware=15)
    evse.has_configuration = has_configuration
    async with driven(evse, clock) as found:
        evse.plug("C")
        await found.answers()
        found.offer(16.0, closed=True)
        read = await found.reads(lambda read: read.pilot == 6.0)
        assert read.contactor_closed is None
    assert evse.requests[0][2:4] == (1005).to_bytes(2, "big")


# ------------------------------------------------------------ after a power failure


async def test_after_a_power_failure_the_board_offers_nothing_by_itself(
    board: Bench, evse: EvseWbModel
) -> None:
    evse.plug("C")
    evse.start()
    assert evse.offered == 0
    assert evse.boot_writes == [0]


async def test_the_current_after_boot_is_written_once(evse: EvseWbModel, clock: HandClock) -> None:
    for _ in range(3):
        async with driven(evse, clock) as found:
            await found.answers()
            await found.rounds(2)
    assert evse.boot_writes == [0]


async def test_a_board_that_takes_no_zero_begins_with_the_least(evse: EvseWbModel, clock: HandClock) -> None:
    evse.takes_zero = False
    async with driven(evse, clock) as found:
        await found.answers()
    assert evse.boot_writes == [6]


async def test_a_board_that_restarted_by_itself_gets_its_offer_again(board: Bench, evse: EvseWbModel) -> None:
    evse.plug("C")
    board.offer(10.0, closed=True)
    await board.until(lambda: evse.offered == 10)
    evse.start()
    assert evse.offered == 0
    await board.until(lambda: evse.offered == 10)


# ------------------------------------------------------------ what goes wrong


async def test_residual_current_is_an_open_protection_device(board: Bench, evse: EvseWbModel) -> None:
    evse.plug("C")
    board.offer(16.0)
    await board.reads(lambda read: read.modulated)
    evse.rcd_error = True
    read = await board.reads(lambda read: read.reported == {11})
    assert not read.modulated
    await board.rounds(5)
    assert evse.rcd_error


async def test_residual_current_is_cleared_when_the_station_starts_and_only_then(
    evse: EvseWbModel, clock: HandClock
) -> None:
    evse.rcd_error = True
    async with driven(evse, clock) as found:
        read = await found.answers()
        assert read.reported == frozenset()
        await found.until(lambda: evse.command == 0)
        evse.rcd_error = True
        await found.reads(lambda read: read.reported == {11})
        await found.rounds(5)
        assert evse.rcd_error


async def test_a_vehicle_without_a_diode_is_there_but_does_not_conform(
    board: Bench, evse: EvseWbModel
) -> None:
    evse.plug("C")
    evse.diode_fault = True
    read = await board.reads(lambda read: not read.diode_ok)
    assert read.pilot == 9.0


async def test_a_failure_that_old_firmware_does_not_explain_is_one_of_the_pilot(
    line: LineEnd, clock: HandClock
) -> None:
    evse = EvseWbModel(line, now=clock.elapsed, firmware=12)
    evse.plug("C")
    evse.diode_fault = True
    async with driven(evse, clock) as found:
        await found.reads(lambda read: read.pilot == 9.0 and not read.diode_ok)


async def test_ventilation_that_the_board_refuses_is_told(board: Bench, evse: EvseWbModel) -> None:
    evse.plug("D")
    board.offer(16.0)
    await board.reads(lambda read: read.reported == {22})


async def test_ventilation_that_the_board_allows_is_a_state_of_the_vehicle(
    board: Bench, evse: EvseWbModel
) -> None:
    evse.allows_ventilation = True
    evse.plug("D")
    board.offer(16.0)
    read = await board.reads(lambda read: read.pilot == 3.0)
    assert read.modulated
    assert read.reported == frozenset()


async def test_a_vehicle_that_goes_on_drawing_is_switched_off(board: Bench, evse: EvseWbModel) -> None:
    evse.plug("C")
    board.offer(16.0, closed=True)
    await board.reads(lambda read: read.contactor_closed is True)
    evse.clings = True
    board.offer(0.0)
    await board.until(lambda: not evse.relay_closed)
    evse.clings = False
    board.offer(16.0, closed=True)
    await board.until(lambda: evse.relay_closed)


async def test_contacts_that_stay_closed_are_told(board: Bench, evse: EvseWbModel) -> None:
    evse.welded = True
    await board.reads(lambda read: read.contactor_closed is True)


# ------------------------------------------------------------ a line that is not well


async def test_a_board_that_falls_silent_reads_nothing_within_the_stated_time(
    board: Bench, evse: EvseWbModel
) -> None:
    before = board.clock.elapsed()
    evse.mute = True
    await board.is_silent()
    assert board.clock.elapsed() - before <= SILENT_SECONDS + 0.5


async def test_a_board_that_has_not_confirmed_less_may_go_on_with_more(
    board: Bench, evse: EvseWbModel
) -> None:
    board.offer(32.0)
    await board.until(lambda: evse.offered == 32)
    board.offer(16.0)
    assert board.readings is not None
    assert board.readings.believed == 32.0
    await board.until(lambda: evse.offered == 16)
    await board.reads(lambda read: read.believed == 16.0)


async def test_a_board_that_does_not_take_less_is_not_trusted(board: Bench, evse: EvseWbModel) -> None:
    board.offer(32.0)
    await board.until(lambda: evse.offered == 32)
    evse.deaf = True
    board.offer(16.0)
    await board.until(lambda: board.readings is None)
    assert evse.offered == 32
    assert "does not take" in board.board.reason


async def test_a_board_that_comes_back_offers_nothing_of_before(board: Bench, evse: EvseWbModel) -> None:
    evse.plug("C")
    board.offer(16.0, closed=True)
    await board.reads(lambda read: read.modulated)
    evse.mute = True
    await board.is_silent()
    evse.speak_again()
    await board.answers()
    await board.until(lambda: evse.offered == 0)


async def test_a_board_that_is_pulled_out_and_put_back_is_found_again(
    board: Bench, evse: EvseWbModel
) -> None:
    evse.line.pull_out()
    await board.is_silent()
    evse.line.put_in()
    await board.answers()


async def test_a_damaged_answer_is_asked_for_again(board: Bench, evse: EvseWbModel) -> None:
    await board.clock.is_awaited(POLL_SECONDS)
    evse.damaged = 1
    board.clock.passes(POLL_SECONDS)
    async with asyncio.timeout(GUARD_SECONDS):
        await evse.has_damaged.wait()
    await board.clock.passes_to_the_next()
    assert board.readings is not None
    evse.plug("B")
    await board.reads(lambda read: read.pilot == 9.0)


@pytest.mark.parametrize(
    "chatter",
    [
        b"\x00",
        b"\xff" * 3,
        bytes(range(256)),
        b"\x01\x03",
        b"\x01\x03\x10\x00\x00",
        b"\x02\x03\x02\x00\x01\x3d\x84",
    ],
)
async def test_noise_on_the_line_never_ends_the_driver(
    board: Bench, evse: EvseWbModel, chatter: bytes
) -> None:
    await board.clock.is_awaited(POLL_SECONDS)
    evse.chatter = chatter
    for _ in range(12):
        await board.clock.passes_to_the_next()
    evse.chatter = b""
    evse.plug("B")
    await board.reads(lambda read: read.pilot == 9.0)
    # Time that a test lets pass while an answer is on its way makes the next request seem early.
    evse.hurried = 0


async def test_another_device_at_its_address_is_no_board(board: Bench, evse: EvseWbModel) -> None:
    evse._vehicle_state = lambda: 77  # type: ignore[method-assign]
    await board.until(lambda: "another device" in board.board.reason)
    assert board.readings is None
