"""What limits the current of a charge point, in words."""

from __future__ import annotations

from core.api import ChargePointStatus
from core.energy.limits import deciding
from core.settings.operating_current import Counts, counts_as
from screens.texts import N_, _
from screens.visit import Visit

LIMIT_SOURCES = {
    "rated": N_("Limit, rated"),
    "derated": N_("Limit, derated"),
    "supply": N_("Limit, supply"),
    "cable": N_("Limit, cable"),
    "board": N_("Limit, board"),
    "load_shedding_input": N_("Limit, shed input"),
    "temporary_limit": N_("Limit, temporary"),
    "external": N_("Limit, external"),
    "balancing": N_("Limit, balancing"),
}
DECIDED_BY = {
    "rated": N_("the rated current"),
    "derated": N_("the derated current"),
    "supply": N_("the supply"),
    "cable": N_("the cable"),
    "board": N_("the board"),
    "load_shedding_input": N_("the load shedding input"),
    "temporary_limit": N_("the temporary limitation"),
    "external": N_("the external system"),
    "balancing": N_("the share of the supply"),
}
BY_AN_INPUT = N_("0 A offered: an input holds the charge back")
HELD_BY = {
    "suspended": N_("0 A offered: suspended by the building management"),
    "postponed": N_("0 A offered: postponed by the building management"),
    "barred": N_("0 A offered: the supervision refuses its badge"),
}


def offered_words(point: ChargePointStatus) -> str:
    """What a charge point offers at this moment, and which limit decides."""
    if not point.limits:
        return _("nothing is known")
    limit = deciding(point.limits)
    decided = _(DECIDED_BY.get(limit.source, limit.source))
    if point.offered_current > 0:
        return _("{current:g} A offered, set by {limit}").format(current=point.offered_current, limit=decided)
    if point.session is None:
        return _("no charge; up to {current:g} A, set by {limit}").format(
            current=limit.current, limit=decided
        )
    if point.held_back:
        return _(HELD_BY.get(point.held_back, BY_AN_INPUT))
    return _("0 A offered: {limit} allows {current:g} A").format(current=limit.current, limit=decided)


def least_counts(visit: Visit) -> bool:
    """Whether the higher minimums hold by what is on the forms: with load balancing, always on a wallbox."""
    return visit.hardware.family == "wallbox" or visit.value("energy.load_balancing") == "yes"


def counts_words(visit: Visit, point: int, typed: str) -> str:
    """What a set point, a number as it is typed, comes to, and why."""
    counted = counts_as(int(typed), phases=visit.hardware.phases[point - 1], balancing=least_counts(visit))
    if len({(each.current, each.least) for each in counted}) == 1:
        counted = counted[:1]
    if all(not each.current for each in counted):
        return _("= 0 A: {why}").format(why=_needed(visit, counted))
    currents = ", ".join(_current(each, several=len(counted) > 1) for each in counted)
    lacking = tuple(each for each in counted if not each.current)
    if not lacking:
        return f"= {currents}"
    return _("= {currents}: {why}").format(currents=currents, why=_needed(visit, lacking[:1], plainly=True))


def _current(each: Counts, *, several: bool) -> str:
    words = _("{current:g} A {phases}-phase") if several else _("{current:g} A")
    return words.format(current=each.current, phases=each.phases)


def _needed(visit: Visit, counted: tuple[Counts, ...], *, plainly: bool = False) -> str:
    """Why a set point counts as nothing: `balancing needs 8 A 1-phase, 14 A 3-phase`."""
    several = not plainly and len(counted) > 1
    words = _("{least} A {phases}-phase") if several else _("{least} A")
    least = ", ".join(words.format(least=each.least, phases=each.phases) for each in counted)
    if not least_counts(visit):
        return _("a car needs {least}").format(least=least)
    if visit.hardware.family == "wallbox":
        return _("a wallbox needs {least}").format(least=least)
    return _("balancing needs {least}").format(least=least)
