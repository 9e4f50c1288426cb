"""Charging profiles as the central system sends them (OCPP 1.6, 7.8 to 7.13), and what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Literal

import msgspec

Purpose = Literal["ChargePointMaxProfile", "TxDefaultProfile", "TxProfile"]
Unit = Literal["A", "W"]

MOST_STACK_LEVEL = 10
MOST_PERIODS = 100
MOST_PROFILES = 50
"""ChargeProfileMaxStackLevel, ChargingScheduleMaxPeriods, MaxChargingProfilesInstalled."""


class Period(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """From `start_period` s after the schedule began: at most `limit` A (per phase) or W (in all)."""

    start_period: int
    limit: float
    number_phases: int | None = None


class Schedule(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Periods in their order. `duration` s, None: without end; no `start_schedule`: as the charge begins."""

    charging_rate_unit: Unit
    charging_schedule_period: tuple[Period, ...]
    duration: int | None = None
    start_schedule: datetime | None = None
    min_charging_rate: float | None = None


class Profile(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A charging profile. Where several are in force, the one with the highest `stack_level` counts."""

    charging_profile_id: int
    stack_level: int
    charging_profile_purpose: Purpose
    charging_profile_kind: Literal["Absolute", "Recurring", "Relative"]
    charging_schedule: Schedule
    recurrency_kind: Literal["Daily", "Weekly"] | None = None
    transaction_id: int | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None


class Installed(msgspec.Struct, frozen=True, kw_only=True):
    """A profile at a connector (0: the whole station); `charge`: the station's number of its charge."""

    connector: int
    profile: Profile
    charge: int | None = None


def read_profile(payload: Mapping[str, object]) -> Profile:
    """The profile in a call that fits its schema; times without a zone are UTC. Raises ValueError."""
    try:
        profile = msgspec.convert(payload, Profile, strict=False)
    except msgspec.ValidationError as fault:
        raise ValueError(str(fault)) from None
    schedule = profile.charging_schedule
    return msgspec.structs.replace(
        profile,
        charging_schedule=msgspec.structs.replace(schedule, start_schedule=_zoned(schedule.start_schedule)),
        valid_from=_zoned(profile.valid_from),
        valid_to=_zoned(profile.valid_to),
    )


def _zoned(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def fault_of(profile: Profile, connector: int) -> str:
    """Why a profile cannot be used at a connector; "" where it can."""
    schedule = profile.charging_schedule
    starts = [period.start_period for period in schedule.charging_schedule_period]
    recurring = profile.charging_profile_kind == "Recurring"
    whole = profile.charging_profile_purpose == "ChargePointMaxProfile"
    faults = {
        f"the stack level is 0 to {MOST_STACK_LEVEL}": not 0 <= profile.stack_level <= MOST_STACK_LEVEL,
        f"a schedule has 1 to {MOST_PERIODS} periods": not 1 <= len(starts) <= MOST_PERIODS,
        "the first period begins at 0": bool(starts) and starts[0] != 0,
        "each period begins after the one before": any(b <= a for a, b in pairwise(starts)),
        "a limit is 0 or more": any(period.limit < 0 for period in schedule.charging_schedule_period),
        "a duration is 1 s or more": schedule.duration is not None and schedule.duration < 1,
        "a recurring profile says how often, and from when on": recurring
        and (profile.recurrency_kind is None or schedule.start_schedule is None),
        "ChargePointMaxProfile is for connector 0": whole and connector != 0,
        "ChargePointMaxProfile has nothing that it could be relative to": whole
        and (profile.charging_profile_kind == "Relative" or schedule.start_schedule is None),
        "TxProfile is for one connector": profile.charging_profile_purpose == "TxProfile" and connector == 0,
        "it ends before it begins": profile.valid_from is not None
        and profile.valid_to is not None
        and profile.valid_to <= profile.valid_from,
    }
    return next((words for words, is_so in faults.items() if is_so), "")
