"""Our bytes beside ncurses' for the same screens, checked on an emulator."""

from __future__ import annotations

from dataclasses import dataclass

from ncurses_reference import Picture, bytes_of
from wire_session import Action, Shown

from console.terminal.profiles import TerminalProfile
from tests.console.terminal.emulator import Emulator

ALLOWED_ABOVE = 4
ALLOWED_RATIO = 0.85


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One action on one terminal."""

    action: Action
    ours: int
    ncurses: int
    differences: int
    """Cells that an emulator shows otherwise than wanted."""


def compare(shown: list[Shown], profile: TerminalProfile, term: str) -> list[Compared]:
    """Compare each action's bytes with those of ncurses on the terminal of that name."""
    height, width = len(shown[0].rows), len(shown[0].rows[0])
    blank = Picture(rows=[[32] * width for _ in range(height)], cursor=(0, 0))
    pictures = [Picture(rows=each.rows, cursor=each.cursor, cleared=each.action.repaints) for each in shown]
    reference = bytes_of([blank, *pictures], term)[1:]
    terminal = Emulator(profile, width, height)
    compared = []
    for each, ncurses in zip(shown, reference, strict=True):
        terminal.feed(each.output)
        differences = len(terminal.differences(each.rows))
        if each.cursor is not None and terminal.cursor != each.cursor:
            differences += 1
        if each.action.counts:
            compared.append(
                Compared(action=each.action, ours=len(each.output), ncurses=ncurses, differences=differences)
            )
    return compared


def ratio(compared: list[Compared]) -> float:
    """Bytes of all actions together over those of ncurses."""
    return sum(each.ours for each in compared) / max(1, sum(each.ncurses for each in compared))
