"""Bytes of each action on our screens, beside ncurses drawing the same and beside Textual's own output.

Exit code 1 when an action takes over 4 bytes more than ncurses, all together more than 0.85 of it, one
more than its budget, or when an emulator shows a single cell otherwise than wanted.
"""

from __future__ import annotations

import asyncio
import sys

from table import show
from wire_badges import Seconds, badge_actions, badge_station
from wire_charging import charging_actions, charging_station
from wire_comparison import ALLOWED_ABOVE, ALLOWED_RATIO, Compared, compare, ratio
from wire_session import record, record_raw

from console.terminal.profiles import FULL, SERIAL, TerminalProfile, choose_profile

TERMINALS: tuple[tuple[TerminalProfile, str], ...] = (
    (SERIAL, "vt102"),
    (choose_profile("linux"), "linux"),
    (FULL, "xterm-256color"),
)
"""Each profile beside the terminfo entry with the same abilities."""

SIZES = ((80, 24), (120, 40))
COLUMNS = ("profile", "size", "action", "ours", "ncurses", "ratio", "textual", "budget", "wrong cells", "")


async def measure(profile: TerminalProfile, term: str, size: tuple[int, int]) -> list[Compared]:
    """Go through the actions on our wire and on ncurses."""
    async with charging_station() as (core, clock):
        shown = await record(core, charging_actions(core, clock), profile, size)
    seconds = Seconds()
    async with badge_station() as (core, station):
        steps = badge_actions(station, seconds)
        badges = await record(core, steps, profile, size, elapsed=seconds)
    return [*compare(shown, profile, term), *compare(badges, profile, term)[1:]]


async def measure_raw(size: tuple[int, int]) -> list[int]:
    """Go through the actions and count what Textual itself sends, in true colour."""
    async with charging_station() as (core, clock):
        steps = charging_actions(core, clock)
        counts = await record_raw(core, steps, FULL, size)
    async with badge_station() as (core, station):
        more = badge_actions(station, Seconds())
        counts += (await record_raw(core, more, FULL, size))[1:]
    counted = [True, *(step.counts for step in (*steps, *more))]
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
