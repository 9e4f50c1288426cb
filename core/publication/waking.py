"""Waking the publication when a period ends: apscheduler with a trigger of our own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

LOOK_AGAIN = 60.0
"""s; a period stays due until it is stored that it was published."""

LONGEST_SLEEP = 24 * 3600.0

logging.getLogger("apscheduler").setLevel(logging.WARNING)


class PeriodTrigger(BaseTrigger):  # type: ignore[misc]
    """Fires at the moment that `next_end` says in station time, as far off as it is by the station's clock.

    The scheduler's own cron trigger loses 0:01 after a clock change in spring.
    """

    def __init__(self, next_end: Callable[[], datetime], now: Callable[[], datetime]) -> None:
        self._next_end = next_end
        self._now = now

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Return the next moment on the scheduler's clock; never one that was fired just now."""
        wait = (self._next_end() - self._now()).total_seconds()
        least = 0.0 if previous_fire_time is None else LOOK_AGAIN
        return now + timedelta(seconds=min(max(wait, least), LONGEST_SLEEP))


class Waking:
    """Calls `wake` at the end of each period; `again` after the clock or the frequency was set."""

    def __init__(
        self, wake: Callable[[], None], next_end: Callable[[], datetime], now: Callable[[], datetime]
    ) -> None:
        self._wake = wake
        self._trigger = PeriodTrigger(next_end, now)
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._job: Job | None = None

    def start(self) -> None:
        self._scheduler.start()
        self._job = self._scheduler.add_job(
            self._woken, self._trigger, misfire_grace_time=None, coalesce=True, max_instances=1
        )

    def again(self) -> None:
        """Work out anew when to wake."""
        if self._job is not None:
            self._job.reschedule(self._trigger)

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)

    async def _woken(self) -> None:
        self._wake()
