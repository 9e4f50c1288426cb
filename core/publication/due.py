"""Which period is due, given what was published before: each once, however the clock is set."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from core.publication.periods import Frequency, last_end, moment, next_end

STEPPED_BACK = timedelta(days=2)
"""A clock set back by more than this was wrong before: periods are counted from where it is now."""


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """How far periods of a frequency are published; days are those at whose 0:01 a period ended.

    `until` is the newest such day ever. `wound_back` is the newest one since the clock went far behind
    `until`, None while it is not.
    """

    frequency: Frequency
    until: date
    wound_back: date | None = None


NEVER = Done(frequency="disabled", until=date.min)


class Look(NamedTuple):
    """What a look at the clock says: the day of the end that is due, if any, and what is done then."""

    due: date | None
    done: Done


def look(done: Done | None, frequency: Frequency, now: datetime, zone: ZoneInfo) -> Look:
    """Decide; several missed periods are one, named by the newest. A changed frequency begins anew.

    What a clock that is far behind `until` passes counts too, so that a station without a clock goes on;
    back in its own time it finds what it has done there.
    """
    if frequency == "disabled":
        return Look(None, NEVER)
    newest = last_end(frequency, now, zone)
    if done is None or done.frequency != frequency:
        return Look(None, Done(frequency=frequency, until=newest))
    if newest > done.until:
        return Look(newest, Done(frequency=frequency, until=newest))
    if moment(done.until, zone) - now <= STEPPED_BACK:
        return Look(None, Done(frequency=frequency, until=done.until))
    past = done.wound_back
    if past is None or moment(past, zone) - now > STEPPED_BACK:
        return Look(None, Done(frequency=frequency, until=done.until, wound_back=newest))
    if newest > past:
        return Look(newest, Done(frequency=frequency, until=done.until, wound_back=newest))
    return Look(None, done)


def next_moment(done: Done | None, frequency: Frequency, now: datetime, zone: ZoneInfo) -> datetime:
    """When the next period ends that is not published yet; in the past where one is due.

    Not for `disabled`, which has no periods.
    """
    due, seen = look(done, frequency, now, zone)
    if due is not None:
        return moment(due, zone)
    end = next_end(frequency, now, zone)
    while end <= (seen.wound_back or seen.until):
        end = next_end(frequency, moment(end, zone), zone)
    return moment(end, zone)
