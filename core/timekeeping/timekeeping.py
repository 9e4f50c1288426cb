"""The station's timekeeping: by hand or after a time server, with Err #31 while that gives no time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from core.audit import Note
from core.causes import Causes
from core.clock import Clock
from core.errors import Invalid, NotAllowed
from core.events import AnyEvent, TimeServerChanged
from core.settings.store import Settings
from core.step_test import StepTest
from core.timekeeping.drivers import ClockDriver
from core.timekeeping.following import Following
from core.timekeeping.measuring import PORT, Manners, Measurement, Unanswered, measure
from core.timekeeping.rhythm import pause
from core.timekeeping.stepping import Author, Stepping
from core.timekeeping.testing import BUSY, compare
from core.timekeeping.trust import SET_FROM, SLEW_FROM, weigh
from core.timekeeping.written import moment_of
from core.timekeeping.zone_changes import next_change
from core.values.publication import ConnectionTest
from core.values.setting import Value
from core.values.timekeeping import ClockChange, ClockStatus

MODE, SERVER, ZONE = "time.mode", "time.ntp_server", "time.zone"
NTP = "ntp_server"
SILENT = 31


class Timekeeping:
    """One a station. `link` (`udp://HOST:PORT`) is asked in place of the server in the settings.

    `told_on_the_clock` hear by how many seconds the clock was set: what began before is told on the new one.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        driver: ClockDriver,
        log: Callable[[Note], None],
        announce: Callable[[AnyEvent], None],
        causes: Causes,
        *,
        link: str = "",
        told_on_the_clock: Sequence[Callable[[float], None]] = (),
        manners: Manners | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._log = log
        self._announce = announce
        self._causes = causes
        self._place = urlsplit(link)
        self.manners = manners or Manners()
        self._stepping = Stepping(clock, driver, log, announce, (*told_on_the_clock, self._shift))
        self._testing = StepTest(lambda: announce(TimeServerChanged()), BUSY)
        self._attention = asyncio.Event()
        self._round = asyncio.Lock()
        self._following = Following(server=self._wanted())

    async def run(self) -> None:
        """Follow the time server until cancelled, whenever it is due."""
        while True:
            if self._is_due():
                async with self._round:
                    if self._is_due():
                        await self._ask()
            await self._attention.wait()
            self._attention.clear()

    def tick(self) -> None:
        """Look at clock and settings; called every second."""
        self._stepping.notice()
        self._take_settings()
        if self._is_due():
            self._attention.set()

    def set_by_hand(self, written: str, author: Author) -> ClockChange:
        """Set the clock to a local time. Raises Invalid, NotAllowed."""
        if self._wanted():
            raise Invalid(
                "The clock follows the time server {server}. Choose Manually first, then set it.",
                key=MODE,
                server=self._wanted(),
            )
        return self._stepping.set(moment_of(written, self._zone), author)

    async def sync(self, author: Author) -> ClockChange:
        """Ask the server now and follow it, or say what failed. Raises Invalid in manual mode."""
        if not self._wanted():
            raise Invalid("The clock is set manually. Choose NTP server first, then synchronise.", key=MODE)
        async with self._round:
            self._take_settings()
            change = await self._ask(author)
        if change is not None:
            return change
        now, following = self._clock.now(), self._following
        return ClockChange(
            changed=False,
            old=now,
            new=now,
            offset_s=0.0,
            step=following.step or "Ask",
            said=following.said or "the settings were changed meanwhile",
        )

    async def test(self, changes: Mapping[str, Value], account: str) -> ConnectionTest:
        """Ask a server, `changes` before the saved settings, and set nothing. Raises Invalid, Busy."""
        plan = self._settings.plan({**changes, MODE: NTP}, account=account)
        if plan.problems:
            raise Invalid.from_problems(plan.problems)
        server = str(plan.values.get(SERVER, self._settings.text(SERVER)))
        host, port = self._at(server)
        return await self._testing.run("ntp", partial(compare, host, port, self.manners, self._clock))

    def status(self) -> ClockStatus:
        """What the clock shows and what the server says."""
        now, elapsed, following = self._clock.now(), self._clock.elapsed(), self._following
        mode = self._settings.text(MODE)
        wait = timedelta(seconds=max(0.0, following.again_at - elapsed))
        return ClockStatus(
            time=now,
            zone=self._zone.key,
            next_change=next_change(self._zone, now),
            mode=mode,
            server=self._settings.text(SERVER),
            state=following.state if mode == NTP else "manual",
            offset_s=following.offset,
            precision_s=following.precision,
            stratum=following.stratum,
            last_sync=following.last_sync,
            next_sync=now + wait if mode == NTP else None,
            said=f"{following.step}: {following.said}" if following.said else "",
            keeper=self._stepping.keeper,
            test=self._testing.last,
        )

    # ------------------------------------------------------------ one round

    async def _ask(self, author: Author | None = None) -> ClockChange | None:
        """Ask the server once and follow it; None where it gives no time that can be followed."""
        server = self._following.server
        try:
            found = await measure(*self._at(server), self.manners)
        except Unanswered as failed:
            if self._following.server == server:
                self._failed(failed.step, failed.said, failed.kiss)
            return None
        if self._following.server != server or self._wanted() != server:
            return None
        return self._follow(found, author)

    def _follow(self, found: Measurement, author: Author | None) -> ClockChange | None:
        before = self._following
        trust, verdict = weigh(before.trust, found.ahead, asked=author is not None)
        self._following = msgspec.structs.replace(before, trust=trust)
        old = self._clock.now()
        right = datetime.fromtimestamp(found.ahead + time.monotonic(), UTC)
        offset = (right - old).total_seconds()
        if verdict == "doubt":
            said = "its time has jumped; it is followed once it has said the same three times"
            self._failed(f"Ask {found.address}", said)
            return None
        change = ClockChange(changed=False, old=old, new=old, offset_s=offset)
        if abs(offset) >= SET_FROM and not self._stepping.keeper:
            by = author or Author()
            text = f"by time server {before.server}"
            try:
                change = self._stepping.set(right, msgspec.structs.replace(by, text=text))
            except NotAllowed as refused:
                self._failed("Set the clock", refused.message)
                return None
        elif max(SLEW_FROM, found.delay / 2) < abs(offset) < SET_FROM:
            self._stepping.slew(offset)
        if before.failing_since is not None:
            self._log(Note(kind="event", action="time_server_back", subject=before.server))
        self._put(
            Following(
                server=before.server,
                trust=trust,
                again_at=self._clock.elapsed() + pause(0),
                offset=offset,
                precision=found.delay / 2,
                stratum=found.stratum,
                last_sync=self._clock.now(),
            )
        )
        return change

    def _shift(self, seconds: float) -> None:
        since = self._following.failing_since
        if since is not None:
            moved = since + timedelta(seconds=seconds)
            self._following = msgspec.structs.replace(self._following, failing_since=moved)

    def _failed(self, step: str, said: str, kiss: str = "") -> None:
        before = self._following
        if before.failing_since is None:
            self._log(
                Note(kind="event", action="time_server_lost", subject=before.server, text=f"{step}: {said}")
            )
        self._put(
            msgspec.structs.replace(
                before,
                failures=before.failures + 1,
                again_at=self._clock.elapsed() + pause(before.failures + 1, kiss=kiss),
                failing_since=before.failing_since or self._clock.now(),
                step=step,
                said=said,
            )
        )

    def _put(self, following: Following) -> None:
        self._following = following
        failing = following.failing_since is not None
        cause = f"{following.server}: {following.step}: {following.said}" if failing else ""
        self._causes.set(SILENT, failing, cause=cause, subject="time server")
        self._announce(TimeServerChanged())

    # ------------------------------------------------------------ what is wanted

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._settings.text(ZONE))

    def _take_settings(self) -> None:
        if self._wanted() != self._following.server:
            self._put(Following(server=self._wanted()))

    def _wanted(self) -> str:
        """The server to follow; "" while the clock is set by hand."""
        return self._settings.text(SERVER) if self._settings.text(MODE) == NTP else ""

    def _is_due(self) -> bool:
        following = self._following
        return bool(following.server) and self._clock.elapsed() >= following.again_at

    def _at(self, server: str) -> tuple[str, int]:
        return self._place.hostname or server, self._place.port or PORT
