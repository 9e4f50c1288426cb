"""A PN532 on a serial line."""

from __future__ import annotations

import pytest

from core.readers.reader import ReaderState
from tests.core.readers.desk import Desk, desk_at
from tests.core.readers.models.line_end import LineEnd
from tests.core.readers.models.pn532 import Pn532Model

LOOK, AGAIN, BACK_OFF = 1.0, 0.25, 0.5
CARD, OTHER = "E1EB1C02", "04A1B2C3D4E5F6"


async def take_away(desk: Desk, chip: Pn532Model) -> None:
    """Let the chip look in vain for so long that its card counts as taken away."""
    await desk.clock.is_awaited(AGAIN)
    chip.take_card_away()
    desk.clock.passes(AGAIN)
    for _ in range(2):
        await desk.clock.passes_when_awaited(LOOK)


async def test_a_sleeping_chip_is_woken_set_up_and_asked_for_cards(chip: Pn532Model, line: LineEnd) -> None:
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        assert await desk.is_found() == ReaderState(is_found=True, version="PN532 1.6")
        chip.hold_card(CARD)
        await desk.sees(CARD)
    assert chip.commands == ["14010001", "02", "4A0100"]


@pytest.mark.parametrize("uid", [CARD, OTHER, "0488776655443322110A"])
@pytest.mark.parametrize("more", ["", "06 75 77 81 02 80"])
async def test_cards_of_every_length_are_read(chip: Pn532Model, line: LineEnd, uid: str, more: str) -> None:
    chip.hold_card(uid, more=more)
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        await desk.sees(uid)


async def test_the_byte_order_of_the_link_counts(chip: Pn532Model, line: LineEnd) -> None:
    chip.hold_card(CARD)
    async with desk_at("pn532", f"serial://{line.path}?order=lsb") as desk:
        await desk.sees("021CEBE1")


async def test_a_card_is_presented_once_while_it_is_held_and_again_after_it_was_away(
    chip: Pn532Model, line: LineEnd
) -> None:
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        chip.hold_card(CARD)
        for _ in range(20):
            await desk.clock.passes_when_awaited(AGAIN)
        await desk.sees(CARD)
        await take_away(desk, chip)
        chip.hold_card(CARD)
        await desk.sees(CARD, CARD)
        chip.hold_card(OTHER)
        await desk.clock.passes_when_awaited(AGAIN)
        await desk.sees(CARD, CARD, OTHER)


async def test_a_telephone_with_a_new_identifier_at_every_look_is_presented_once(
    chip: Pn532Model, line: LineEnd
) -> None:
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        for number in range(5):
            chip.hold_card(f"0811223{number}")
            await desk.clock.passes_when_awaited(AGAIN)
        chip.hold_card(CARD)
        await desk.clock.passes_when_awaited(AGAIN)
        await desk.sees("08112230", CARD)


async def test_a_chip_that_sees_no_card_is_asked_whether_it_is_there(chip: Pn532Model, line: LineEnd) -> None:
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        await desk.is_found()
        for _ in range(4):
            await desk.clock.passes_when_awaited(LOOK)
        await desk.clock.is_awaited(LOOK)
        chip.hold_card(CARD)
        await desk.sees(CARD)
        assert [each.is_found for each in desk.states] == [True]
    assert chip.aborts == 4
    assert chip.commands.count("4A0100") == 5


async def test_frames_that_arrive_byte_by_byte_between_garbage_are_read(
    chip: Pn532Model, line: LineEnd
) -> None:
    line.at_once = 1
    chip.garbage = bytes.fromhex("00 00 FF 12 34 D5 FF 00 55 00 FF")
    chip.hold_card(CARD)
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        assert (await desk.is_found()).version == "PN532 1.6"
        await desk.sees(CARD)


async def test_a_damaged_answer_is_asked_for_again(chip: Pn532Model, line: LineEnd) -> None:
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        await desk.is_found()
        chip.damaged = 1
        chip.hold_card(CARD)
        await desk.sees(CARD)
    assert chip.nacks == 1


async def test_an_answer_whose_end_is_missing_is_waited_for_in_vain_and_the_next_one_read(
    chip: Pn532Model, line: LineEnd
) -> None:
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        await desk.is_found()
        chip.cut = 1
        chip.hold_card(CARD)
        await desk.clock.passes_when_awaited(LOOK)
        await desk.sees(CARD)


async def test_a_command_that_was_not_heard_is_sent_again(chip: Pn532Model, line: LineEnd) -> None:
    chip.deaf_to = 2
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        for _ in range(2):
            await desk.clock.passes_when_awaited(0.2)
        await desk.is_found()
    assert chip.commands[:3] == ["14010001"] * 3


async def test_a_chip_that_fell_asleep_is_woken_before_it_is_given_up(
    chip: Pn532Model, line: LineEnd
) -> None:
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        await desk.is_found()
        await desk.clock.is_awaited(LOOK)
        chip.fall_asleep()
        desk.clock.passes(LOOK)
        await desk.clock.passes_when_awaited(0.2)
        chip.hold_card(CARD)
        await desk.sees(CARD)
        assert [each.is_found for each in desk.states] == [True]


async def test_a_chip_that_falls_silent_is_lost_and_found_when_it_speaks(
    chip: Pn532Model, line: LineEnd
) -> None:
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        await desk.is_found()
        chip.is_silent = True
        assert (await desk.is_lost_in_time()).reason == "the PN532 does not answer"
        chip.speak_again()
        await desk.clock.passes_when_awaited(BACK_OFF)
        await desk.is_found()
        chip.hold_card(CARD)
        await desk.sees(CARD)


async def test_a_chip_that_lost_its_supply_is_woken_and_set_up_again(chip: Pn532Model, line: LineEnd) -> None:
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        await desk.is_found()
        chip.is_silent = True
        await desk.is_lost_in_time()
        chip.lose_power()
        chip.speak_again()
        await desk.clock.passes_when_awaited(BACK_OFF)
        await desk.is_found()
        chip.hold_card(CARD)
        await desk.sees(CARD)
    assert chip.commands.count("14010001") == 2


async def test_a_chip_that_is_pulled_out_and_put_back_reads_the_next_card(
    chip: Pn532Model, line: LineEnd
) -> None:
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        await desk.is_found()
        chip.hold_card(CARD)
        await desk.sees(CARD)
        line.pull_out()
        chip.lose_power()
        chip.take_card_away()
        await desk.clock.passes_when_awaited(AGAIN)
        await desk.is_lost()
        line.put_in()
        await desk.clock.passes_when_awaited(BACK_OFF)
        await desk.is_found()
        chip.hold_card(OTHER)
        await desk.sees(CARD, OTHER)


async def test_a_card_that_lay_on_the_chip_when_it_was_lost_is_not_presented_again(
    chip: Pn532Model, line: LineEnd
) -> None:
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        chip.hold_card(CARD)
        await desk.sees(CARD)
        line.pull_out()
        chip.lose_power()
        await desk.clock.passes_when_awaited(AGAIN)
        await desk.is_lost()
        desk.clock.passes(0.25)
        line.put_in()
        desk.clock.passes(600.0)
        await desk.is_found()
        for _ in range(3):
            await desk.clock.passes_when_awaited(AGAIN)
        chip.hold_card(OTHER)
        await desk.clock.passes_when_awaited(AGAIN)
        await desk.sees(CARD, OTHER)


async def test_a_device_that_is_no_pn532_is_lost(chip: Pn532Model, line: LineEnd) -> None:
    chip.is_foreign = True
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        assert (await desk.is_lost()).reason == "the device refuses the commands of a PN532"


async def test_nothing_is_sent_for_a_beep(chip: Pn532Model, line: LineEnd) -> None:
    async with desk_at("pn532", f"serial://{line.path}") as desk:
        await desk.is_found()
        before = list(chip.commands)
        await desk.reader.beep("learned")
        assert chip.commands == before
