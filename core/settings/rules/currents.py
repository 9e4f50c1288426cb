"""Set points of a charge point: none above the limit that another one sets."""

from __future__ import annotations

from collections.abc import Iterator

from core.errors import Problem
from core.settings.kinds import out_of_range
from core.settings.limits import upper_limit
from core.settings.operating_current import operating_current, smallest_current
from core.settings.rules.situation import Situation
from core.values.setting import NumberKind

SET_POINTS = ("derated_current", "load_shedding_set_point", "temporary_current_limit")


def within_limit_in_force(situation: Situation) -> Iterator[Problem]:
    """Set point <= derated <= rated. One that is idle only counts while it is being edited."""
    for key, row in situation.rows.items():
        kind = row.setting.kind
        if not isinstance(kind, NumberKind) or kind.maximum_from is None:
            continue
        maximum, value = upper_limit(kind, situation.values), situation.number(key)
        if value > maximum and (situation.relevant(key) or situation.edited(key)):
            yield out_of_range(row.setting, kind, maximum, value)


def too_small_to_charge(situation: Situation) -> Iterator[Problem]:
    """Note set points that come to 0 A, for every car or for three-phase ones."""
    balancing = situation.is_on("energy.load_balancing")
    for point in situation.points():
        socket = situation.profile.socket(point)
        for name in SET_POINTS:
            key = f"socket.{point}.{name}"
            if not situation.relevant(key) or not (
                situation.changed(key) or situation.changed("energy.load_balancing")
            ):
                continue
            current = situation.number(key)
            if operating_current(current, 1, balancing) == 0:
                least = smallest_current(1, balancing)
                template = "{label}: {current} A counts as 0 A: less than {least} A charges no car"
            elif operating_current(current, socket.phases, balancing) == 0:
                least = smallest_current(socket.phases, balancing)
                template = "{label}: {current} A counts as 0 A for three-phase cars, which need {least} A"
            else:
                continue
            yield situation.problem(key, template, current=current, least=least)


def supply_overrun(situation: Situation) -> Iterator[Problem]:
    """Note charge points that together may take more than the supply carries."""
    keys = [f"socket.{point}.derated_current" for point in situation.points()]
    asked = any(situation.changed(key) for key in (*keys, "energy.load_balancing"))
    total, supply = sum(situation.number(key) for key in keys), situation.profile.supply_current
    if asked and not situation.is_on("energy.load_balancing") and total > supply:
        yield situation.problem(
            keys[-1],
            "{label}: all charge points together may take {total} A, but the supply carries {supply} A",
            total=total,
            supply=supply,
        )
