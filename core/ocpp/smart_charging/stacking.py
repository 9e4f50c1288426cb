"""Which of all installed profiles limit a charge point, and to how many A (OCPP 1.6, 3.13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from core.ocpp.smart_charging.moments import next_change, period_at
from core.ocpp.smart_charging.profiles import Installed, Period, Profile

VOLTS = 230.0
"""V from a phase to neutral, by which W become A where a profile says W."""


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """A connector, and the charge that is open there: its number, since when, on how many phases."""

    connector: int
    number: int | None = None
    since: datetime | None = None
    phases: int = 3


def amperes(profile: Profile, period: Period, phases: int, volts: float = VOLTS) -> float:
    """The limit of a period in A per phase; in W it is for all phases together."""
    if profile.charging_schedule.charging_rate_unit == "A":
        return period.limit
    return period.limit / (volts * phases)


def station_limit(installed: Sequence[Installed], now: datetime, phases: int) -> float | None:
    """A per phase for all charge points together, by ChargePointMaxProfile; None where nothing says it."""
    return _highest(_of(installed, "ChargePointMaxProfile", 0), now, None, phases)


def charge_limit(installed: Sequence[Installed], charge: Charge, now: datetime) -> float | None:
    """A per phase for a charge point, by TxProfile of its charge, or else by TxDefaultProfile."""
    own = [each for each in _of(installed, "TxProfile", charge.connector) if each.charge == charge.number]
    if charge.number is not None:
        by_charge = _highest(own, now, charge.since, charge.phases)
        if by_charge is not None:
            return by_charge
    return _highest(_defaults(installed, charge.connector), now, charge.since, charge.phases)


def changes_next(installed: Iterable[Installed], charge: Charge, now: datetime) -> datetime | None:
    """The next moment after `now` at which a limit may be another."""
    coming = (next_change(each.profile, now, charge.since) for each in installed)
    return min((moment for moment in coming if moment is not None), default=None)


def _of(installed: Iterable[Installed], purpose: str, connector: int) -> list[Installed]:
    return [
        each
        for each in installed
        if each.profile.charging_profile_purpose == purpose and each.connector == connector
    ]


def _defaults(installed: Sequence[Installed], connector: int) -> list[Installed]:
    """The defaults of a connector, before those of all connectors on the same level."""
    own = _of(installed, "TxDefaultProfile", connector)
    levels = {each.profile.stack_level for each in own}
    for_all = _of(installed, "TxDefaultProfile", 0)
    return own + [each for each in for_all if each.profile.stack_level not in levels]


def _highest(
    candidates: Iterable[Installed], now: datetime, since: datetime | None, phases: int
) -> float | None:
    """The limit of the highest profile that is in force."""
    for each in sorted(candidates, key=lambda each: each.profile.stack_level, reverse=True):
        period = period_at(each.profile, now, since)
        if period is not None:
            return amperes(each.profile, period, phases)
    return None
