"""What the building's management has to say about one charge point, and what becomes of it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import timedelta

from pymodbus.constants import ExcCodes

from core.allowance import Allowance
from core.audit import Note
from core.bms.commands import Command, Handshake
from core.bms.image import COMMAND, LIFE, MAXIMUM_CURRENT, Control
from core.bms.life import ALIVE, ENDS, GONE, Life
from core.bms.maximum import may_be_maximum, nearest_below
from core.bms.refusal import Refusal
from core.clock import Clock
from core.serving import Serving
from core.settings.reader import SettingsReader
from core.storage import Storage
from core.values.outside import Booking

ORIGIN = "BMS"
FALLBACK_CURRENT = "supervision.fallback_current"
BOOKED_FOR = timedelta(days=1)
ORDERS_AT_ONCE = 10
"""Each may be stored: after so many only one a second is taken, whatever a client goes wrong with."""
BOOKING_NUMBERS = 1_000_000_000
"""Bookings of this system are numbered from here, beside those of an OCPP supervision."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS bms_control (point INTEGER PRIMARY KEY);
"""
"""The charge points whose client has shown life: after a restart it is expected again."""


def expected(link: sqlite3.Connection) -> frozenset[int]:
    """The charge points that were under control when the station last stopped."""
    return frozenset(point for (point,) in link.execute("SELECT point FROM bms_control"))


def forget(link: sqlite3.Connection) -> None:
    """Nobody is expected any more."""
    link.execute("DELETE FROM bms_control")


class PointControl:
    """Registers 20, 150, 301 and 932 of a charge point. `rated`: A of its socket-outlet.

    After a restart in the middle of a control, the fallback current holds until the client writes a maximum.
    """

    def __init__(
        self,
        point: int,
        charging: Serving,
        settings: SettingsReader,
        storage: Storage,
        clock: Clock,
        log: Callable[[Note], None],
        *,
        rated: int,
        expected: bool,
    ) -> None:
        self.point = point
        self.life = Life(expected=expected, at=clock.elapsed())
        self._charging = charging
        self._settings = settings
        self._storage = storage
        self._clock = clock
        self._log = log
        self._rated = rated
        self._handshake = Handshake()
        self._turn = asyncio.Lock()
        self._maximum = self._fallback if expected else None
        self._was_degraded = False
        self._remembered = expected
        self._orders = Allowance(most=ORDERS_AT_ONCE, every=1.0)

    @property
    def shown(self) -> Control:
        """What the registers of the control read now."""
        return Control(
            answer=self._handshake.answer,
            maximum=nearest_below(self._rated) if self._maximum is None else self._maximum,
            life=self.life.bit,
            degraded=self.life.is_degraded,
        )

    async def write(self, register: int, value: int) -> None:
        """Take what a client writes. Raises Refusal, and StationError where the station takes no orders."""
        async with self._turn:
            await self._take(register, value)

    async def tick(self) -> None:
        """Every second: the life bit is cleared; a client that is silent for too long has lost control."""
        async with self._turn:
            self.life.tick(self._clock.elapsed())
            await self._apply()
            self._remember()

    async def _take(self, register: int, value: int) -> None:
        if register == COMMAND:
            await self._command(value)
        elif register == MAXIMUM_CURRENT:
            if not may_be_maximum(value):
                raise Refusal(ExcCodes.ILLEGAL_VALUE)
            self._maximum = value
            # A higher one waits for the tick: whatever is written, nothing changes many times a second.
            held = self._charging.limited_by(self.point, ORIGIN)
            if held is None or value < held:
                await self._apply()
        elif register == LIFE:
            await self._sign_of_life(value)
        else:
            raise Refusal(ExcCodes.ILLEGAL_ADDRESS)

    async def _apply(self) -> None:
        """Bring the limit of the charge point to what holds now."""
        if self.life.is_degraded != self._was_degraded:
            self._was_degraded = self.life.is_degraded
            self._log_degraded()
            if self.life.is_degraded:
                await self._charging.resume(self.point)
                await self._charging.postpone(self.point, False)
        current = self._fallback if self.life.is_degraded else self._maximum
        if current != self._charging.limited_by(self.point, ORIGIN):
            await self._charging.limit_from_outside(self.point, current, ORIGIN)

    async def _sign_of_life(self, value: int) -> None:
        if value not in {GONE, ALIVE, ENDS}:
            raise Refusal(ExcCodes.ILLEGAL_VALUE)
        self.life.write(value, self._clock.elapsed())
        if value == ENDS:
            self._maximum = None
            self._handshake.acknowledge()
            await self._charging.release("plc", self.point)
        await self._apply()
        if self.life.is_expected != self._remembered and self._orders.take(self._clock.elapsed()):
            self._remember()

    def _remember(self) -> None:
        """Store whether the client is expected after a restart, as soon as there is room."""
        if self.life.is_expected == self._remembered:
            return
        self._remembered = self.life.is_expected
        expect = "INSERT OR IGNORE INTO bms_control VALUES (?)"
        statement = expect if self.life.is_expected else "DELETE FROM bms_control WHERE point = ?"
        self._storage.write_when_possible(lambda link: link.execute(statement, (self.point,)).rowcount)

    async def _command(self, value: int) -> None:
        try:
            command = Command(value)
        except ValueError:
            raise Refusal(ExcCodes.ILLEGAL_VALUE) from None
        if command is Command.ACKNOWLEDGE:
            self._handshake.acknowledge()
        elif self._handshake.is_repeated(command):
            return
        elif self._handshake.is_busy or not self._orders.take(self._clock.elapsed()):
            raise Refusal(ExcCodes.DEVICE_BUSY)
        else:
            self._handshake.done(command, await self._obey(command))

    async def _obey(self, command: Command) -> bool:
        """Carry out an order; False when it cannot be done now."""
        charging, point = self._charging, self.point
        match command:
            case Command.FORCE_STOP:
                await charging.stop(point, origin="plc")
            case Command.SUSPEND:
                return await charging.suspend(point) == "accepted"
            case Command.RESTART:
                return await self._restart()
            case Command.AVAILABLE | Command.UNAVAILABLE:
                await charging.set_available(point, command is Command.AVAILABLE, origin="plc")
            case Command.POSTPONE | Command.END_POSTPONE:
                await charging.postpone(point, command is Command.POSTPONE)
            case Command.MAINTENANCE | Command.END_MAINTENANCE:
                await charging.maintenance(point, command is Command.MAINTENANCE)
            case Command.BOOK:
                return await self._book()
            case Command.CANCEL_BOOKING:
                return await charging.cancel_booking(BOOKING_NUMBERS + point, origin="plc") == "accepted"
        return True

    async def _restart(self) -> bool:
        """Let a suspended charge go on, or give leave to charge where there is none."""
        if await self._charging.resume(self.point) == "accepted":
            return True
        return await self._charging.remote_start(self.point, origin="plc") == "accepted"

    async def _book(self) -> bool:
        booking = Booking(
            number=BOOKING_NUMBERS + self.point,
            point=self.point,
            uid="",
            until=self._clock.now() + BOOKED_FOR,
            origin="plc",
        )
        return await self._charging.book(booking) == "accepted"

    def _log_degraded(self) -> None:
        self._log(
            Note(
                kind="event",
                action="bms_lost" if self.life.is_degraded else "bms_back",
                origin="plc",
                subject=f"charge point {self.point}",
            )
        )

    @property
    def _fallback(self) -> int:
        return nearest_below(self._settings.number(FALLBACK_CURRENT))
