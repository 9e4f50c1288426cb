"""Asks one power meter again and again, and knows whether it answers."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime

import msgspec

from core.clock import Clock
from core.lines.port import DeviceLost
from core.meters.decoding import decoded, reading_of
from core.meters.models import MODELS
from core.meters.reading import MeterReading
from core.meters.setup import MeterSetup
from core.meters.table import Occasion
from core.modbus import ModbusLine, ModbusLines, ModbusLink, Refused

EVERY_SECONDS = 1.0
SOMETIMES = 10
"""Readings between two of what hardly changes."""

LINE_SILENCE = 0.02
"""s between two requests."""

NETWORK_WAIT, SERIAL_WAIT = 2.0, 0.5
"""s until an answer begins; a gateway has to ask its own line first."""

PATIENCE = 3
"""So many times in a row without a usable answer, and the meter is silent."""

OLD_SECONDS = 10.0
"""s; an older reading does not count any more. Three questions without an answer take less."""

WAITS = (1.0, 2.0, 5.0)
"""s until a silent meter is asked again, longer each time; it shares its line with others."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a meter now.

    `is_silent`: too often no usable answer; `reason` says what was wrong the last time, for an electrician.
    `reading`: the newest one, kept through short gaps; None while silent. `answered` wall clock.
    """

    reading: MeterReading | None = None
    is_silent: bool = False
    reason: str = ""
    serial: int | None = None
    firmware: int | None = None
    answered: datetime | None = None


class MeterPoll:
    """A meter on its line. `clock` is the station's; `pace` is real time. `changed` is told of new states."""

    def __init__(
        self, setup: MeterSetup, lines: ModbusLines, clock: Clock, pace: Clock, changed: Callable[[], None]
    ) -> None:
        self._known = Known()
        self._answered_at = 0.0
        self._unit = setup.unit
        self._model = MODELS[setup.model]
        self._lines = lines
        self._clock = clock
        self._pace = pace
        self._changed = changed
        self._misses = 0
        self._frequency: float | None = None

    @property
    def known(self) -> Known:
        """What is known now; a reading that is too old is silence, whatever has become of the asking."""
        is_old = self._pace.elapsed() - self._answered_at > OLD_SECONDS
        if self._known.reading is None or not is_old:
            return self._known
        return msgspec.structs.replace(
            self._known, reading=None, is_silent=True, reason=f"its last answer is {OLD_SECONDS:g} s old"
        )

    async def run(self, link: ModbusLink) -> None:
        """Ask until cancelled."""
        while True:
            try:
                with self._lines.joined(link, silence=LINE_SILENCE) as line:
                    await self._ask_on(line)
            except DeviceLost as conflict:
                self._missed(conflict)
                await self._pace.sleep(WAITS[-1])

    async def _ask_on(self, line: ModbusLine) -> None:
        for turn in itertools.count():
            began = self._pace.elapsed()
            try:
                await self._ask(line, with_rare=turn % SOMETIMES == 0)
                wait = began + EVERY_SECONDS - self._pace.elapsed()
            except DeviceLost as problem:
                self._missed(problem)
                wait = WAITS[min(max(0, self._misses - PATIENCE), len(WAITS) - 1)]
            await self._pace.sleep(max(0.0, wait))

    async def _ask(self, line: ModbusLine, *, with_rare: bool) -> None:
        words = await self._words(line, "always")
        reading = reading_of(self._model, words, at=self._clock.elapsed())
        if self.known.reading is None or with_rare:
            values = await self._values(line, "sometimes")
            self._frequency = values.get("frequency")
        if self.known.reading is None:
            values = await self._values(line, "once")
            serial, firmware = values.get("serial"), values.get("firmware")
        else:
            serial, firmware = self.known.serial, self.known.firmware
        self._answered(reading, None if serial is None else int(serial), firmware)

    async def _values(self, line: ModbusLine, when: Occasion) -> dict[str, float]:
        """What is good to know; a meter that refuses to tell is a meter all the same."""
        try:
            return decoded(self._model.registers, await self._words(line, when))
        except Refused:
            return {}

    async def _words(self, line: ModbusLine, when: Occasion) -> dict[int, int]:
        words: dict[int, int] = {}
        for block in self._model.blocks:
            if block.when == when:
                wait = NETWORK_WAIT if line.link.host else SERIAL_WAIT
                read = await line.read(self._unit, block.wire, block.count, wait=wait)
                words |= zip(range(block.wire, block.wire + block.count), read, strict=True)
        return words

    def _answered(self, reading: MeterReading, serial: int | None, firmware: float | None) -> None:
        is_new = self.known.reading is None
        self._misses = 0
        self._answered_at = self._pace.elapsed()
        self._known = Known(
            reading=msgspec.structs.replace(reading, frequency=self._frequency, serial=serial),
            serial=serial,
            firmware=None if firmware is None else int(firmware),
            answered=self._clock.now(),
        )
        if is_new:
            self._changed()

    def _missed(self, problem: DeviceLost) -> None:
        self._misses += 1
        was_silent = self.known.is_silent
        is_silent = self._misses >= PATIENCE
        reading = None if is_silent else self.known.reading
        self._known = msgspec.structs.replace(
            self._known, reading=reading, is_silent=is_silent, reason=str(problem)
        )
        if is_silent and not was_silent:
            self._changed()
