"""A client that writes without end: it fills neither log nor disk, and its last word counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.allowance import Allowance
from core.audit import Note
from core.serving.sparing import AT_ONCE, EVERY_SECONDS, Sparing
from tests.core.bms.building import Building, building
from tests.core.bms.test_registers import charge, limits
from tests.stations import log_in

BUSY = 6


async def logged(house: Building) -> int:
    (count,) = await house.core.parts.storage.read(
        lambda link: link.execute("SELECT count(*) FROM log").fetchone()
    )
    return int(count)


async def rows_written(house: Building) -> int:
    """Rows that the station has written since it started."""
    return await house.core.parts.storage.write(lambda link: link.total_changes)


async def test_a_maximum_that_is_written_all_the_time_fills_neither_log_nor_disk(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        await charge(house)
        before, rows = await logged(house), await rows_written(house)
        for turn in range(200):
            assert await house.write(301, 6 + turn % 20) == 0
        assert await rows_written(house) - rows < 100
        await house.pass_time(1)
        assert (await limits(house))["external"] == 25
        for turn in range(60):
            assert await house.write(301, [0, 16][turn % 2]) == 0
            await house.pass_time(1)
        assert await logged(house) - before <= AT_ONCE + 2
        assert (await limits(house))["external"] == 16


async def test_a_lower_maximum_holds_at_once_and_a_higher_one_within_a_second(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        for written, at_once, soon in ((16, 16, 16), (8, 8, 8), (20, 8, 20), (0, 0, 0), (32, 0, 32)):
            assert await house.write(301, written) == 0
            assert (await limits(house))["external"] == at_once
            await house.pass_time(1)
            assert (await limits(house))["external"] == soon


async def test_of_too_many_commands_all_but_one_a_second_are_refused_as_busy(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        answers = []
        for turn in range(30):
            answers.append(await house.write(150, [6, 34][turn % 2]))
            await house.write(150, 0)
        assert answers == [0] * 10 + [BUSY] * 20
        await house.pass_time(1)
        assert await house.order(34) == 34
        assert await house.write(150, 6) == BUSY


async def test_a_life_bit_every_second_leaves_every_command_free(tmp_path: Path) -> None:
    async with building(tmp_path) as house:
        for _ in range(15):
            assert await house.write(932, 1) == 0
            assert await house.write(932, 1) == 0
            await house.pass_time(1)
        for turn in range(10):
            assert await house.order([6, 34][turn % 2]) == [6, 34][turn % 2]


async def test_control_that_is_switched_off_and_on_in_a_moment_holds_with_all_it_shows(
    tmp_path: Path,
) -> None:
    async with building(tmp_path) as house:
        assert await house.write(301, 8) == 0
        station = await log_in(house.core, "local")
        for value in ("no", "yes"):
            await station.change_settings({"energy.external_control": value})
            await house.core.parts.charging.tick()
        await house.pass_time(1)
        assert (await limits(house)).get("external", 32) == (await house.read(301))[0]


def test_of_too_many_notes_the_last_follows_with_how_many_were_left_out() -> None:
    now, told = [0.0], list[Note]()
    sparing = Sparing(told.append, lambda: now[0])
    for number in range(AT_ONCE + 30):
        sparing.note(Note(kind="event", action="limit_changed", new=str(number)))
    sparing.note(Note(kind="event", action="error_raised", new="Err #6"))
    assert [note.new for note in told] == [*map(str, range(AT_ONCE)), "Err #6"]
    sparing.tick()
    assert len(told) == AT_ONCE + 1
    now[0] = EVERY_SECONDS
    sparing.tick()
    assert (told[-1].new, told[-1].text) == (str(AT_ONCE + 29), "the last of 30")
    sparing.tick()
    assert len(told) == AT_ONCE + 2


@pytest.mark.parametrize(("at", "left"), [(0.0, 0), (9.9, 0), (10.0, 1), (25.0, 2), (1000.0, 3)])
def test_an_allowance_is_earned_back_up_to_its_most(at: float, left: int) -> None:
    allowance = Allowance(most=3, every=10.0)
    assert [allowance.take(0.0) for _ in range(4)] == [True, True, True, False]
    assert sum(allowance.take(at) for _ in range(9)) == left
