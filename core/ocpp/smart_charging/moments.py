"""When a profile is in force, which of its periods counts, and when that changes next."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.ocpp.smart_charging.profiles import Period, Profile

EVERY = {"Daily": timedelta(days=1), "Weekly": timedelta(weeks=1)}


def begin_of(profile: Profile, now: datetime, charging_since: datetime | None) -> datetime | None:
    """When the schedule that is meant at `now` begins; None while no charge gives it a begin."""
    start = profile.charging_schedule.start_schedule
    if profile.charging_profile_kind == "Relative" or start is None:
        return charging_since
    if profile.charging_profile_kind == "Recurring" and profile.recurrency_kind is not None and now > start:
        every = EVERY[profile.recurrency_kind]
        return start + (now - start) // every * every
    return start


def end_of(profile: Profile, begin: datetime) -> datetime | None:
    """When the schedule that began then ends; None: not by itself."""
    duration = profile.charging_schedule.duration
    return None if duration is None else begin + timedelta(seconds=duration)


def period_at(profile: Profile, now: datetime, charging_since: datetime | None) -> Period | None:
    """The period that counts now; None while the profile is not in force."""
    if profile.valid_from is not None and now < profile.valid_from:
        return None
    if profile.valid_to is not None and now >= profile.valid_to:
        return None
    begin = begin_of(profile, now, charging_since)
    if begin is None or now < begin:
        return None
    end = end_of(profile, begin)
    if end is not None and now >= end:
        return None
    into = (now - begin).total_seconds()
    begun = [p for p in profile.charging_schedule.charging_schedule_period if p.start_period <= into]
    return begun[-1] if begun else None


def next_change(profile: Profile, now: datetime, charging_since: datetime | None) -> datetime | None:
    """The next moment after `now` at which another period, or none, may count."""
    coming = [profile.valid_from, profile.valid_to]
    begin = begin_of(profile, now, charging_since)
    if begin is not None:
        periods = profile.charging_schedule.charging_schedule_period
        coming += [begin + timedelta(seconds=period.start_period) for period in periods]
        coming.append(end_of(profile, begin))
        if profile.recurrency_kind is not None and profile.charging_profile_kind == "Recurring":
            coming.append(begin + EVERY[profile.recurrency_kind])
    return min((moment for moment in coming if moment is not None and moment > now), default=None)
