"""Bytes of each action on our screens, beside ncurses drawing the same and beside Textual's own output.

Exit code 1 when an action takes over 4 bytes more than ncurses, all together more than 0.85 of it, one
more than its budget, or when an emulator shows a single cell otherwise than wanted.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from table import show
from wire_comparison import ALLOWED_ABOVE, ALLOWED_RATIO, Compared, compare, ratio
from wire_session import REST, Action, record, record_raw

from console.terminal.profiles import FULL, SERIAL, TerminalProfile, choose_profile
from core.clock import SimulatedClock
from core.station import StationCore
from core.values.simulation import Vehicle
from tests.stations import NOON, log_in, running_station

TERMINALS: tuple[tuple[TerminalProfile, str], ...] = (
    (SERIAL, "vt102"),
    (choose_profile("linux"), "linux"),
    (FULL, "xterm-256color"),
)
"""Each profile beside the terminfo entry with the same abilities."""

SIZES = ((80, 24), (120, 40))
COLUMNS = ("profile", "size", "action", "ours", "ncurses", "ratio", "textual", "budget", "wrong cells", "")


def actions(core: StationCore, clock: SimulatedClock) -> list[Action]:
    """What a technician does, after `prototype/README.md`, on our own screens."""

    async def five_seconds_pass() -> None:
        clock.advance(5.0)
        await core.tick()

    def lead(keys: bytes) -> Action:
        return Action(name="", keys=keys, counts=False, rest=REST)

    return [
        Action(name="focus move", keys=b"\t", budget=40),
        Action(name="focus move again", keys=b"\t", budget=40),
        Action(name="help of the field, at rest", rest=REST),
        Action(name="sub-tab with a form", keys=b"]", budget=1200, rest=REST),
        lead(b"\t"),
        lead(b"\x08\x08\x08"),
        Action(name="type a character", keys=b":", budget=40),
        Action(name="type another", keys=b"8", budget=40),
        lead(b"0"),
        lead(b"\x1b"),
        Action(name="tab to the records", keys=b"4", budget=1600),
        lead(b"\x1b[B"),
        Action(name="row down", keys=b"\x1b[B", budget=200),
        Action(name="row up", keys=b"\x1b[A", budget=200),
        lead(b"\x1b[B" * 40),
        Action(name="scroll up by a page", keys=b"\x1b[5~", budget=1000),
        Action(name="page down", keys=b"\x1b[6~", budget=1000),
        lead(b"\x1b[5~" * 9),
        lead(b"\x1b[B" * 32),
        Action(name="scroll by a row", keys=b"\x1b[B", budget=200),
        Action(name="scroll by a row again", keys=b"\x1b[B", budget=200),
        Action(name="form to live status", keys=b"5", budget=1600),
        lead(b"\x1b[6~"),
        Action(name="live refresh", keys=b"\x12", happens=five_seconds_pass, budget=60),
        Action(name="tab to a form", keys=b"1", budget=1600),
        Action(name="redraw", keys=b"\x0c", repaints=True, budget=1600),
    ]


@asynccontextmanager
async def charging_station() -> AsyncIterator[tuple[StationCore, SimulatedClock]]:
    """Run a station with some weeks of records, a car charging, and a clock that is turned by hand."""
    clock = SimulatedClock(start=NOON, speed=0)
    with tempfile.TemporaryDirectory() as folder:
        async with running_station("parking-2", Path(folder), clock=clock, demo=True) as core:
            station = await log_in(core, "local")
            await station.sim_badge("E1EB1C03", 1)
            await station.sim_plug(1, Vehicle(demand=16.0))
            for _second in range(20):
                clock.advance(1.0)
                await core.tick()
            yield core, clock


async def measure(profile: TerminalProfile, term: str, size: tuple[int, int]) -> list[Compared]:
    """Go through the actions on our wire and on ncurses."""
    async with charging_station() as (core, clock):
        return compare(await record(core, actions(core, clock), profile, size), profile, term)


async def measure_raw(size: tuple[int, int]) -> list[int]:
    """Go through the actions and count what Textual itself sends, in true colour."""
    async with charging_station() as (core, clock):
        steps = actions(core, clock)
        counts = await record_raw(core, steps, FULL, size)
    counted = [True, *(step.counts for step in steps)]
    return [count for count, counts_too in zip(counts, counted, strict=True) if counts_too]


def verdict(each: Compared, *, has_budget: bool) -> str:
    """What is wrong with an action, or nothing."""
    wrong = []
    if each.ours > each.ncurses + ALLOWED_ABOVE:
        wrong.append("above ncurses")
    if has_budget and each.action.budget is not None and each.ours > each.action.budget:
        wrong.append("over budget")
    if each.differences:
        wrong.append("differs")
    return ", ".join(wrong)


async def main() -> int:
    """Measure every profile and size, print the table, and say whether all is as promised."""
    rows: list[tuple[object, ...]] = []
    everything: list[Compared] = []
    raws = {size: await measure_raw(size) for size in SIZES}
    for profile, term in TERMINALS:
        for size in SIZES:
            compared = await measure(profile, term, size)
            has_budget = profile is SERIAL and size == SIZES[0]
            of = (profile.name, f"{size[0]}x{size[1]}")
            rows += [
                (*of, *line(each, textual, has_budget=has_budget))
                for each, textual in zip(compared, raws[size], strict=True)
            ]
            rows.append((*of, *sums(compared, sum(raws[size]))))
            everything += compared
    over_all = sums(everything, len(TERMINALS) * sum(sum(raw) for raw in raws.values()))
    rows.append(("all", "", *over_all[:-1], "above 0.85" if ratio(everything) > ALLOWED_RATIO else ""))
    show("wire: bytes of each action", COLUMNS, rows)
    return int(any(row[-1] for row in rows))


def line(each: Compared, textual: int, *, has_budget: bool) -> tuple[object, ...]:
    """One action as a line of the table."""
    budget = each.action.budget if has_budget and each.action.budget else ""
    said = verdict(each, has_budget=has_budget)
    share = each.ours / max(1, each.ncurses)
    return (each.action.name, each.ours, each.ncurses, share, textual, budget, each.differences, said)


def sums(compared: list[Compared], textual: int) -> tuple[object, ...]:
    """Many actions as a line of the table."""
    ours, ncurses = sum(each.ours for each in compared), sum(each.ncurses for each in compared)
    wrong = sum(each.differences for each in compared)
    return ("all together", ours, ncurses, ratio(compared), textual, "", wrong, "")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
