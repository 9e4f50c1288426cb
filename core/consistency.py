"""Notices where settings contradict each other (Err #9), and the parts found the station (Err #8)."""

from __future__ import annotations

from collections.abc import Mapping

from core.causes import Causes
from core.errors import Problem
from core.meters.meters import Meters
from core.settings.store import Settings

HARDWARE, SOFTWARE = 8, 9


class Consistency:
    """Looks at the saved settings and at the meters that answer."""

    def __init__(self, settings: Settings, meters: Meters, causes: Causes, *, points: int) -> None:
        self._settings = settings
        self._meters = meters
        self._causes = causes
        self._points = range(1, points + 1)

    def look(self) -> None:
        """Raise and clear the errors; called every second, costs no waiting."""
        problems = self._settings.inconsistencies()
        place = _place(self._settings, problems[0]) if problems else None
        self._causes.set(SOFTWARE, bool(problems), cause=software_words(problems), place=place)
        twin = same_meter({point: self._meters.identity(point) for point in self._points})
        self._causes.set(HARDWARE, bool(twin), cause=twin, place=("energy", "meters"))


def software_words(problems: tuple[Problem, ...]) -> str:
    """The first contradiction in full, and how many more there are; "" for none."""
    if not problems:
        return ""
    first = problems[0].message
    return f"{first} (and {len(problems) - 1} more)" if len(problems) > 1 else first


def same_meter(found: Mapping[int, tuple[str, int] | None]) -> str:
    """Two charge points whose meters are told to be at two places and are one device, in words; "" for none.

    `found` by charge point: where its meter is, and the serial number that answers there.
    """
    first, second = found.get(1), found.get(2)
    if first is None or second is None or first[0] == second[0] or first[1] != second[1]:
        return ""
    return f"the meters of both charge points are one device, serial number {first[1]}"


def _place(settings: Settings, problem: Problem) -> tuple[str, str] | None:
    row = settings.rows.get(problem.key or "")
    return None if row is None else (row.setting.tab, row.setting.sub_tab)
