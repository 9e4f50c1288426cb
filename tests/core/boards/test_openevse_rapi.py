"""The driver of OpenEVSE boards against a model of one, over a real line."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager

import pytest

from core.boards.openevse_rapi import OpenEvse
from core.boards.polled import POLL_SECONDS, SILENT_SECONDS, PolledBoard
from core.boards.rapi_dialogue import ANSWER_SECONDS
from core.lines.place import Place
from tests.core.boards.bench import Bench, bench
from tests.core.boards.conftest import THINKS
from tests.core.boards.models.openevse import FIRMWARE, OpenEvseModel
from tests.core.readers.hand_clock import GUARD_SECONDS, HandClock


async def test_a_board_without_an_offer_is_sent_to_sleep(rapi: Bench, openevse: OpenEvseModel) -> None:
    await rapi.reads(lambda read: read.pilot == 12.0 and not read.modulated)
    assert openevse.rest == "sleeping"
    assert openevse.offered == 0


async def test_the_version_of_its_firmware_is_known(rapi: Bench) -> None:
    assert rapi.board.version == f"OpenEVSE {FIRMWARE}"


async def test_a_vehicle_is_seen_while_the_board_sleeps(rapi: Bench, openevse: OpenEvseModel) -> None:
    openevse.plug("C")
    read = await rapi.reads(lambda read: read.pilot == 9.0)
    assert not read.modulated


async def test_a_vehicle_is_offered_current_and_draws_it(rapi: Bench, openevse: OpenEvseModel) -> None:
    openevse.plug("C")
    rapi.offer(20.0, closed=True)
    read = await rapi.reads(lambda read: read.pilot == 6.0)
    assert read.modulated
    assert read.current == (16.0, 0.0, 0.0)
    assert read.contactor_closed is True
    assert openevse.offered == 20


async def test_an_offer_of_a_part_of_an_ampere_is_never_rounded_up(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    openevse.plug("C")
    rapi.offer(14.9)
    await rapi.reads(lambda read: read.modulated)
    assert openevse.offered == 14


async def test_changing_the_current_never_wears_the_memory_of_the_board(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    openevse.eeprom_writes.clear()
    for current in (32, 16, 10):
        rapi.offer(float(current))
        await rapi.board.told()
        assert openevse.capacity == current
    assert openevse.eeprom_writes == []
    assert {each.split()[-1] for each in openevse.commands if each.startswith("SC")} == {"V"}


async def test_the_end_of_an_offer_lets_the_board_open_its_contacts(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    openevse.plug("C")
    rapi.offer(16.0, closed=True)
    await rapi.reads(lambda read: read.contactor_closed is True)
    rapi.offer(0.0)
    read = await rapi.reads(lambda read: not read.modulated)
    assert read.pilot == 9.0
    assert not openevse.relay_closed


async def test_an_offer_is_told_at_once_and_a_change_of_the_board_is_read_at_once(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    await rapi.rounds(1)
    before = rapi.clock.elapsed()
    rapi.offer(16.0)
    await rapi.board.told()
    openevse.plug("B")
    await rapi.notices(lambda read: read.pilot == 9.0)
    assert rapi.clock.elapsed() == before


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("gfci", 11),
        ("no_ground", 11),
        ("gfci_self_test", 11),
        ("over_temperature", 11),
        ("stuck_relay", 5),
        ("over_current", 21),
    ],
)
async def test_a_fault_of_the_board_is_an_error_of_the_station(
    rapi: Bench, openevse: OpenEvseModel, fault: str, error: int
) -> None:
    openevse.plug("C")
    openevse.fail(fault)
    await rapi.reads(lambda read: read.reported == {error})
    openevse.fail(None)
    await rapi.reads(lambda read: read.reported == frozenset())


async def test_a_board_in_a_fault_is_not_sent_to_sleep_which_would_hide_it(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    openevse.plug("C")
    rapi.offer(16.0)
    await rapi.reads(lambda read: read.modulated)
    openevse.fail("gfci")
    rapi.offer(0.0)
    await rapi.reads(lambda read: read.reported == {11})
    await rapi.rounds(4)
    assert openevse.fault == "gfci"


async def test_a_vehicle_without_a_diode_is_there_but_does_not_conform(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    openevse.plug("C")
    openevse.fail("diode")
    read = await rapi.reads(lambda read: not read.diode_ok)
    assert read.pilot == 9.0


async def test_a_vehicle_that_asks_for_ventilation_is_refused_as_the_board_does(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    openevse.plug("D")
    rapi.offer(16.0)
    read = await rapi.reads(lambda read: read.pilot == 3.0)
    assert read.reported == {22}


async def test_contacts_that_stay_closed_are_told_once_the_vehicle_had_its_time(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    openevse.relay_welded = True
    await rapi.until(lambda: rapi.board.readings(rapi.clock.elapsed()) is not None)
    await rapi.reads(lambda read: read.contactor_closed is None)
    await rapi.reads(lambda read: read.contactor_closed is True)


async def test_a_board_put_out_of_service_is_disabled(rapi: Bench, openevse: OpenEvseModel) -> None:
    rapi.offer(0.0, available=False)
    await rapi.reads(lambda read: read.pilot == -12.0)
    rapi.offer(0.0)
    await rapi.reads(lambda read: read.pilot == 12.0)


async def test_a_board_without_an_ammeter_does_not_say_that_nothing_flows(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    openevse.has_ammeter = False
    await rapi.reads(lambda read: read.current is None)


async def test_one_transformer_says_nothing_of_three_phases(
    openevse: OpenEvseModel, clock: HandClock
) -> None:
    async with rapi_on(openevse, clock, phases=3) as found:
        assert (await found.answers()).current is None


@pytest.mark.parametrize(
    ("configured", "ohm"), [(32, 220.0), (24, 680.0), (16, 1500.0), (63, 100.0), (10, 1500.0)]
)
async def test_a_socket_outlet_tells_of_the_cable_what_the_board_limits_itself_to(
    openevse: OpenEvseModel, clock: HandClock, configured: int, ohm: float
) -> None:
    openevse.configured = configured
    async with rapi_on(openevse, clock, attached=False) as found:
        assert (await found.answers()).proximity is None
        openevse.plug("B")
        assert (await found.reads(lambda read: read.pilot == 9.0)).proximity == ohm


async def test_what_the_board_is_configured_for_is_a_limit(rapi: Bench, openevse: OpenEvseModel) -> None:
    openevse.configured = 24
    await rapi.reads(lambda read: read.most == 24.0)


async def test_no_more_is_asked_than_the_board_is_configured_for(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    openevse.configured = 24
    openevse.plug("C")
    rapi.offer(32.0)
    await rapi.until(lambda: openevse.offered == 24)
    openevse.commands.clear()
    await rapi.rounds(3)
    assert not any(each.startswith("SC") for each in openevse.commands)


# ------------------------------------------------------------ heartbeat


async def test_a_board_that_hears_nothing_more_falls_back_to_its_lowest_current(
    openevse: OpenEvseModel, clock: HandClock
) -> None:
    openevse.plug("C")
    async with rapi_on(openevse, clock) as found:
        found.offer(32.0, closed=True)
        await found.reads(lambda read: read.modulated)
    assert openevse.offered == 32
    clock.passes(11.0)
    openevse.look_at_the_clock()
    assert openevse.offered == 6


async def test_the_heartbeat_goes_on_as_long_as_the_station_does(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    rapi.offer(32.0)
    await rapi.answers()
    for _ in range(60):
        await rapi.rounds(1)
        openevse.look_at_the_clock()
    assert openevse.missed_beat == 0
    assert openevse.capacity == 32


async def test_after_a_missed_heartbeat_the_offer_is_restored_without_a_jump(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    openevse.plug("C")
    rapi.offer(10.0, closed=True)
    await rapi.until(lambda: openevse.offered == 10)
    seen: list[int] = []
    openevse.missed_beat, openevse.capacity = 2, 6
    while openevse.offered != 10:
        seen.append(openevse.offered)
        await rapi.rounds(1)
    await rapi.until(lambda: openevse.missed_beat == 0)
    assert max(seen) <= 10
    assert "SY 165" not in openevse.commands


async def test_what_lasts_is_written_to_the_board_once(openevse: OpenEvseModel, clock: HandClock) -> None:
    for _ in range(3):
        async with rapi_on(openevse, clock) as found:
            await found.rounds(2)
    assert openevse.eeprom_writes == ["SY", "FF L"]


async def test_a_board_without_a_heartbeat_works_too(openevse: OpenEvseModel, clock: HandClock) -> None:
    openevse.has_heartbeat = False
    openevse.plug("C")
    async with rapi_on(openevse, clock) as found:
        found.offer(16.0)
        await found.reads(lambda read: read.modulated)


# ------------------------------------------------------------ a line that is not well


async def test_a_board_that_falls_silent_reads_nothing_within_the_stated_time(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    before = rapi.clock.elapsed()
    openevse.mute = True
    await rapi.is_silent()
    assert rapi.clock.elapsed() - before <= SILENT_SECONDS
    assert "answer" in rapi.board.reason or rapi.board.reason == ""


@pytest.mark.parametrize("less", [0.0, 10.0])
async def test_a_board_that_does_not_take_less_is_not_trusted(
    rapi: Bench, openevse: OpenEvseModel, less: float
) -> None:
    openevse.plug("C")
    rapi.offer(20.0, closed=True)
    await rapi.until(lambda: openevse.offered == 20)
    openevse.deaf = True
    rapi.offer(less)
    await rapi.until(lambda: rapi.readings is None)
    assert openevse.offered == 20
    assert "does not take" in rapi.board.reason


async def test_a_board_that_is_configured_for_less_than_can_be_offered_offers_nothing(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    openevse.configured = 5
    openevse.plug("C")
    rapi.offer(16.0)
    await rapi.reads(lambda read: read.most == 5.0)
    assert openevse.offered == 0


async def test_a_board_that_comes_back_is_read_again_and_offers_nothing_of_before(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    openevse.plug("C")
    rapi.offer(16.0, closed=True)
    await rapi.reads(lambda read: read.modulated)
    openevse.mute = True
    await rapi.is_silent()
    await rapi.until(lambda: rapi.board.reason == "the board does not answer")
    openevse.speak_again()
    read = await rapi.answers()
    assert not read.modulated
    assert openevse.offered == 0
    assert rapi.board.reason == ""


async def test_a_board_that_is_unplugged_and_put_back_is_found_again(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    openevse.line.pull_out()
    await rapi.is_silent()
    openevse.line.put_in()
    await rapi.answers()
    rapi.offer(16.0)
    openevse.plug("C")
    await rapi.reads(lambda read: read.modulated)


async def test_a_board_that_restarted_by_itself_gets_its_offer_again(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    openevse.plug("C")
    rapi.offer(10.0, closed=True)
    await rapi.until(lambda: openevse.offered == 10)
    openevse.restart()
    assert openevse.offered == 0
    await rapi.until(lambda: openevse.offered == 10)


async def test_a_board_that_restarts_charges_nobody_by_itself(rapi: Bench, openevse: OpenEvseModel) -> None:
    await rapi.board.told()
    openevse.plug("C")
    openevse.restart()
    assert not openevse.relay_closed
    await rapi.until(lambda: openevse.rest == "sleeping")
    assert "SB" not in openevse.commands


async def test_a_board_without_a_boot_lock_sleeps_again_after_its_restart(
    rapi: Bench, openevse: OpenEvseModel
) -> None:
    openevse.plug("C")
    await rapi.until(lambda: openevse.rest == "sleeping")
    openevse.has_boot_lock = False
    openevse.restart()
    assert openevse.relay_closed
    await rapi.until(lambda: openevse.rest == "sleeping")


async def test_one_damaged_answer_is_asked_for_again(rapi: Bench, openevse: OpenEvseModel) -> None:
    await rapi.clock.is_awaited(POLL_SECONDS)
    openevse.damaged = 1
    rapi.clock.passes(POLL_SECONDS)
    async with asyncio.timeout(GUARD_SECONDS):
        await openevse.has_damaged.wait()
    await rapi.clock.passes_when_awaited(ANSWER_SECONDS)
    assert rapi.readings is not None
    openevse.plug("B")
    await rapi.reads(lambda read: read.pilot == 9.0)


@pytest.mark.parametrize(
    "chatter",
    [b"$AT 02 02 16 0100^1D\r", b"$WF 01^20\r", b"\x00\xff\xfe", b"$OK 03 0 03", b"$" * 200, b"\r\r\r"],
)
async def test_what_the_board_says_between_question_and_answer_does_no_harm(
    rapi: Bench, openevse: OpenEvseModel, chatter: bytes
) -> None:
    openevse.chatter = chatter
    openevse.plug("C")
    rapi.offer(16.0)
    await rapi.reads(lambda read: read.modulated)


def rapi_on(
    openevse: OpenEvseModel, clock: HandClock, *, attached: bool = True, phases: int = 1
) -> AbstractAsyncContextManager[Bench]:
    device = OpenEvse(Place(device=str(openevse.line.path)), clock, attached=attached, phases=phases)
    return bench(PolledBoard("charge point 1", device, clock), clock, THINKS)
