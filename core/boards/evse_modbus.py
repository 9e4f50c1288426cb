"""An EVSE-WB or EVSE-DIN board on a Modbus line."""

from __future__ import annotations

import asyncio
import logging
from contextlib import ExitStack

from core.boards.device import Unanswered
from core.boards.evse_wb_registers import (
    BOOT_CURRENT,
    COMMAND,
    CONFIGURATION_LENGTH,
    CURRENT,
    FIRMWARE,
    LOWEST_CURRENT,
    Configuration,
    State,
    commanded,
    read_configuration,
    read_state,
    seen,
    status_length,
    to_write,
)
from core.boards.seen import Seen
from core.charge_points.hardware import Offer
from core.clock import Clock
from core.lines.port import DeviceLost
from core.modbus import ModbusLine, ModbusLines, ModbusLink, NoAnswer, Refused

log = logging.getLogger(__name__)

SILENCE_SECONDS = 0.1
"""The board needs so much between two requests."""

ANSWER_SECONDS = 0.4

RELEASE_SECONDS = 6.0
"""s; a vehicle that has not ended its draw by then is switched off."""


class EvseWb:
    """A board at this unit of a line. `attached`: the cable belongs to the station."""

    def __init__(
        self, link: ModbusLink, lines: ModbusLines, pace: Clock, *, unit: int, attached: bool
    ) -> None:
        self._link = link
        self._lines = lines
        self._pace = pace
        self._unit = unit
        self._attached = attached
        self._held = ExitStack()
        self._line: ModbusLine | None = None
        self._firmware = 0
        self._configuration = Configuration()
        self._before: Seen | None = None
        self._may_clear = True
        self._closed_since: float | None = None

    async def begin(self) -> str:
        """Find the board, and see to it that it offers nothing after a power failure. Raises DeviceLost."""
        self._line = self._held.enter_context(self._lines.joined(self._link, silence=SILENCE_SECONDS))
        self._before, self._closed_since = None, None
        (self._firmware,) = await self._line.read(self._unit, FIRMWARE, 1, wait=ANSWER_SECONDS)
        self._configuration = await self._configured()
        await self._set_boot_current()
        return f"EVSE-WB {self._firmware}"

    async def round(self, offer: Offer) -> Seen:
        """Tell the board what differs from the offer, and read it. Raises Unanswered, DeviceLost."""
        state = await self._state()
        wanted = to_write(offer.current if offer.available else 0.0, self._configuration)
        clears = state.has_rcd_error and self._may_clear
        self._may_clear = False
        command = commanded(state, turn_off=self._clings(state, wanted), clear_rcd_error=clears)
        if state.current != wanted:
            await self._write(CURRENT, wanted)
        if state.command != command:
            await self._write(COMMAND, command)
        if state.current != wanted or state.command != command:
            state = await self._state()
        if state.current > wanted:
            raise Unanswered("the board does not take the current that it is told")
        self._before = seen(state, self._before, attached=self._attached)
        return self._before

    async def notice(self) -> None:
        await asyncio.Event().wait()

    def close(self) -> None:
        self._held.close()
        self._line = None

    async def _state(self) -> State:
        state = read_state(await self._read(CURRENT, status_length(self._firmware)))
        if state is None:
            raise Unanswered("the board answers what no EVSE-WB says: it is another device")
        return state

    def _clings(self, state: State, wanted: int) -> bool:
        """The relay has been closed for too long after the end of the offer."""
        if wanted or not state.relay:
            self._closed_since = None
            return False
        now = self._pace.elapsed()
        if self._closed_since is None:
            self._closed_since = now
        return now - self._closed_since >= RELEASE_SECONDS

    # ------------------------------------------------------------ what it was set to

    async def _configured(self) -> Configuration:
        try:
            registers = await self._read(BOOT_CURRENT, CONFIGURATION_LENGTH)
        except Refused:
            return Configuration()
        except Unanswered as problem:
            raise DeviceLost(str(problem)) from None
        return read_configuration(registers, self._firmware)

    async def _set_boot_current(self) -> None:
        """Written only where it differs, as the board's memory wears; not every firmware takes 0."""
        current = self._configuration.boot_current
        for safe in (0, LOWEST_CURRENT):
            if current is None or current <= safe:
                break
            try:
                await self._write(BOOT_CURRENT, safe)
                (current,) = await self._read(BOOT_CURRENT, 1)
            except Refused:
                continue
            except Unanswered as problem:
                raise DeviceLost(str(problem)) from None
        if current != 0:
            said = "what it was set to" if current is None else f"{current} A"
            log.warning("the board begins with %s after a power failure, until the station tells it", said)

    # ------------------------------------------------------------ the line

    async def _read(self, address: int, count: int) -> tuple[int, ...]:
        try:
            return await self._open.read(self._unit, address, count, wait=ANSWER_SECONDS)
        except NoAnswer as problem:
            raise Unanswered(str(problem)) from None

    async def _write(self, address: int, *values: int) -> None:
        try:
            await self._open.write(self._unit, address, values, wait=ANSWER_SECONDS)
        except NoAnswer as problem:
            raise Unanswered(str(problem)) from None

    @property
    def _open(self) -> ModbusLine:
        if self._line is None:
            raise DeviceLost("the line to the board is closed")
        return self._line
