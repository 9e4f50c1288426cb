"""A serial line: greets in plain ASCII, probes the terminal, shows the console, and starts over."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from dataclasses import replace

from console.backoff import Backoff
from console.descriptor_wire import DescriptorWire
from console.host_key import key_fingerprint
from console.options import SerialPort
from console.seat import REDRAW, Guest, Seat, facts_of
from console.serial_device import SerialDevice
from console.serial_signals import MarkedInput
from console.sessions import Sessions
from console.size_question import SizeQuestion
from console.terminal.probe import ProbeResult, probe
from console.terminal.profiles import BASIC_ON_A_LINE, SERIAL, TerminalProfile
from console.texts import _
from core.api import Entrance, Origin
from core.errors import TryLater
from core.link import connect

log = logging.getLogger(__name__)

LOOK_AT_LINES_S = 1.0
GREET_AGAIN_S = 5.0
STATION_RETRY_S = 2.0
ENTER = frozenset(b"\r\n")
OTHER_PROFILE = b"\x14"


class LineLost(Exception):
    """The device is gone."""


class HungUp(Exception):
    """The far end hung up, or sent BREAK: the next one meets a log-in."""


class SerialLine:
    """Serves one line for as long as the process lives; a device that vanishes is opened again."""

    def __init__(self, port: SerialPort, sessions: Sessions) -> None:
        self._port = port
        self._sessions = sessions
        self._name = port.device.removeprefix("/dev/")

    async def serve(self) -> None:
        """Until cancelled."""
        backoff = Backoff()
        told = False
        while True:
            began = time.monotonic()
            try:
                device = SerialDevice(self._port)
            except (OSError, ValueError) as error:
                if not told:
                    log.warning("the line %s cannot be opened: %s", self._port.device, error)
                told = True
            else:
                told = False
                await self._attend(device)
                log.warning("the line %s was lost", self._port.device)
            await asyncio.sleep(backoff.wait_after(time.monotonic() - began))

    async def _attend(self, device: SerialDevice) -> None:
        attended = AttendedLine(device, self._port, self._name, self._sessions)
        try:
            await attended.serve()
        except LineLost:
            return
        finally:
            attended.close()


class AttendedLine:
    """A line while its device is open. The profile that somebody chose with ^T stays chosen on it."""

    def __init__(self, device: SerialDevice, port: SerialPort, name: str, sessions: Sessions) -> None:
        self._device = device
        self._port = port
        self._name = name
        self._sessions = sessions
        self._input = MarkedInput()
        self._arrived = asyncio.Event()
        self._typed = bytearray()
        self._seat: Seat | None = None
        self._is_lost = False
        self._hung_up = False
        self._again = False
        self._size = SizeQuestion()
        self._shown: TerminalProfile = SERIAL
        self._chosen: TerminalProfile | None = None
        self._wire = DescriptorWire(device.descriptor, lost=self._lost, baud=port.baud)
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(device.descriptor, self._read)
        self._looking = asyncio.create_task(self._look_at_lines(), name=f"lines of {name}")

    def close(self) -> None:
        self._looking.cancel()
        with contextlib.suppress(OSError, ValueError):
            self._loop.remove_reader(self._device.descriptor)
        self._wire.close()
        self._device.close()

    async def serve(self) -> None:
        """One person after the other. Raises LineLost."""
        while True:
            self._hung_up = False
            again, self._again = self._again, False
            try:
                if not again:
                    await self._enter()
                found = await probe(self._wire.write, self._listen, time.monotonic)
                entrance = await self._entrance()
            except HungUp:
                continue
            if self._chosen is not None:
                found = replace(found, profile=self._chosen)
            await self._show(found, entrance)

    # What arrives

    def _read(self) -> None:
        marked = self._device.read()
        if marked is None:
            self._lost()
        else:
            self.take(marked)

    def take(self, marked: bytes) -> None:
        """What the line gave: typed characters, or BREAK, as PARMRK marks them."""
        data, was_break = self._input.feed(marked)
        if was_break:
            self._hang_up()
        if self._seat is not None and not self._hung_up:
            self._give(self._seat, data)
        else:
            self._typed += data[:4096]
            self._arrived.set()

    def _give(self, seat: Seat, data: bytes) -> None:
        """Keys for the console, but for those that are about the line: another profile, and redraw."""
        if seat.is_lent:
            seat.feed(data)
            return
        now = time.monotonic()
        if OTHER_PROFILE in data and not seat.app.attached:
            self._chosen = SERIAL if self._shown.utf8 else BASIC_ON_A_LINE
            self._again = True
            seat.hang_up()
            return
        if REDRAW in data:
            self._wire.write(self._size.ask(now))
        size = self._size.answer(data, now)
        if size is not None:
            seat.resize(*size)
        seat.feed(data)

    def _lost(self) -> None:
        self._is_lost = True
        with contextlib.suppress(OSError, ValueError):
            self._loop.remove_reader(self._device.descriptor)
        self._hang_up()

    def _hang_up(self) -> None:
        self._hung_up = True
        self._typed.clear()
        self._arrived.set()
        if self._seat is not None:
            self._seat.hang_up()

    async def _look_at_lines(self) -> None:
        while True:
            await asyncio.sleep(LOOK_AT_LINES_S)
            if self._device.hung_up():
                self._hang_up()

    async def _listen(self, patience_s: float) -> bytes:
        """The next bytes, or none after `patience_s`. Raises LineLost and HungUp."""
        if not self._typed:
            self._arrived.clear()
            if self._is_lost:
                raise LineLost
            if self._hung_up:
                raise HungUp
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), patience_s)
        if self._is_lost:
            raise LineLost
        if self._hung_up:
            raise HungUp
        data = bytes(self._typed)
        self._typed.clear()
        return data

    # One person

    async def _enter(self) -> None:
        """Greet, again whenever somebody types something else, until Enter is pressed."""
        greeted = -GREET_AGAIN_S
        data = b"?"
        while not ENTER.intersection(data):
            if data and time.monotonic() - greeted >= GREET_AGAIN_S:
                self._wire.write(self._greeting())
                greeted = time.monotonic()
            data = await self._listen(GREET_AGAIN_S)

    def _greeting(self) -> bytes:
        text = _("evtty {line}: press Enter. If it does nothing, switch flow control off.")
        return f"\r\n{text.format(line=self._name)}\r\n".encode("ascii", "replace")

    async def _entrance(self) -> Entrance:
        """A connection to the station; says so while it does not answer."""
        told = False
        while True:
            try:
                return await connect(self._sessions.folder)
            except TryLater:
                if not told:
                    text = _("The station does not answer yet. One moment.")
                    self._wire.write(f"\r\n{text}\r\n".encode("ascii", "replace"))
                told = True
            await self._listen(STATION_RETRY_S)

    async def _show(self, found: ProbeResult, entrance: Entrance) -> None:
        columns, rows = found.columns, found.rows
        facts = facts_of(
            found.profile,
            description=f"serial {self._name} {self._port.baud} 8N1",
            terminal="VT102 UTF-8" if found.profile.utf8 else "VT102 ASCII",
        )
        guest = Guest(
            entrance=entrance,
            station=None,
            origin=Origin(kind="serial", address=self._name),
            reconnect=lambda: connect(self._sessions.folder),
            key_fingerprint=key_fingerprint(self._sessions.folder),
            folder=self._sessions.folder,
            baud=self._port.baud,
        )
        self._shown = found.profile
        self._seat = self._sessions.take()
        try:
            reason = await self._seat.run(self._wire, found.profile, (columns, rows), guest, facts)
        finally:
            self._seat = None
        log.info("the session on %s ended: %s", self._name, reason)
        if self._is_lost:
            raise LineLost
        await self._wire.drained(5.0)
