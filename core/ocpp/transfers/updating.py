"""An update of the firmware that the central system ordered: fetched, installed, its result told once."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from core.audit import Note
from core.clock import Clock
from core.errors import StationError
from core.firmware.firmware import Firmware
from core.firmware.updating import UpdateState, result, update
from core.ocpp.kept import Kept
from core.ocpp.topic import Saying
from core.ocpp.transfers.fetching import Fetch
from core.ocpp.transfers.location import read_location
from core.ocpp.transfers.newest import Newest
from core.ocpp.waits import Waits
from core.publication.parcel import Undelivered
from core.values.firmware import LARGEST_PACKAGE

log = logging.getLogger(__name__)

ACTION = "FirmwareStatusNotification"
SOURCE = "ocpp"
KEPT = "update"
MOST_UNTOLD = 16
LOOK_EVERY_S = 10.0


class UpdateOrder(msgspec.Struct, frozen=True, kw_only=True):
    """Fetch a package from `location` at `at`. `installing`: it was fetched, the station has it."""

    location: str
    at: datetime
    tries: int
    pause_s: int
    installing: bool = False


async def _nobody() -> None:
    """Nobody can restart this station."""


class Updating:
    """One update at a time; the next order takes the place of one that is not fetched yet.

    The order is kept until its result is told, so that neither a kill nor a power cut loses it.
    """

    def __init__(
        self,
        firmware: Firmware,
        folder: Path,
        kept: Kept,
        fetch: Fetch,
        waits: Waits,
        clock: Clock,
        note: Callable[[Note], None],
        attention: Callable[[], None],
    ) -> None:
        self._firmware = firmware
        self._folder = folder
        self._kept = kept
        self._fetch = fetch
        self._waits = waits
        self._clock = clock
        self._note = note
        self._attention = attention
        self._newest = Newest[UpdateOrder]()
        self._order: UpdateOrder | None = None
        self._state = "Idle"
        self._untold: deque[str] = deque(maxlen=MOST_UNTOLD)
        self._asked = False
        self.restart: Callable[[], Awaitable[object]] = _nobody
        """Restarts the station when no charge is open; whoever owns it sets this."""

    async def open(self) -> None:
        """Go on with what was ordered before the station started."""
        self._order = await self._kept.load(KEPT, UpdateOrder)
        if self._order is not None and not self._order.installing:
            self._newest.put(self._order)

    async def order(self, order: UpdateOrder) -> None:
        """Raises StorageFull."""
        await self._kept.keep(KEPT, order)
        self._order = order
        self._newest.put(order)

    def ask(self) -> None:
        """The central system wants to hear how it stands."""
        self._asked = True

    async def run(self) -> None:
        """Do what is ordered, until cancelled."""
        await self._newest.run(self._carry_out)

    # ------------------------------------------------------------ what is told

    async def next(self, *, accepted: bool) -> Saying | None:
        if accepted and self._untold:
            return self._saying(self._untold[0], self._told)
        if accepted and (ended := self._ended()) is not None:
            return self._saying(ended, self._result_told)
        if self._asked:
            return self._saying("Installing" if self._is_coming() else self._state, self._answered)
        return None

    def _ended(self) -> UpdateState | None:
        """What became of the package, until that is told."""
        known = result(self._firmware, SOURCE)
        if known is not None or self._order is None or not self._order.installing or self._state != "Idle":
            return known
        return None if self._is_coming() else "InstallationFailed"

    def _is_coming(self) -> bool:
        """It is written, and waits for the restart or for its proof."""
        slots = self._firmware.slots
        return any(each is not None and each.source == SOURCE for each in (slots.waiting, slots.trial))

    def _saying(self, status: str, said: Callable[[object], Awaitable[None]]) -> Saying:
        return Saying(action=ACTION, payload={"status": status}, answered=said, failed=said)

    async def _told(self, _: object) -> None:
        self._untold.popleft()

    async def _answered(self, _: object) -> None:
        self._asked = False

    async def _result_told(self, _: object) -> None:
        if result(self._firmware, SOURCE) is not None:
            self._firmware.reported()
        if self._order is not None and self._order.installing:
            self._order = None
            self._kept.forget(KEPT)

    def _now(self, state: str) -> None:
        self._state = state
        self._untold.append(state)
        self._attention()

    # ------------------------------------------------------------ what is done

    async def _carry_out(self, order: UpdateOrder) -> None:
        try:
            while (left := (order.at - self._clock.now()).total_seconds()) > 0:
                await self._waits.sleep(min(left, LOOK_EVERY_S))
            with tempfile.TemporaryFile(dir=self._folder) as file:
                if await self._fetched(order, cast("BinaryIO", file)):
                    await _to_its_end(self._install(order, cast("BinaryIO", file)))
        except Exception:
            log.exception("the firmware of the supervision could not be fetched or installed")
            if self._order is order:
                self._give_up("something went wrong inside the station")
        finally:
            self._state = "Idle"
            self._attention()

    async def _fetched(self, order: UpdateOrder, file: BinaryIO) -> bool:
        target, said = read_location(order.location), ""
        self._now("Downloading")
        for left in range(order.tries - 1, -1, -1):
            try:
                await self._fetch(target, file, LARGEST_PACKAGE)
            except Undelivered as failed:
                said = str(failed)
            else:
                return True
            if left:
                await self._waits.sleep(order.pause_s)
        self._give_up(f"from {target.host}: {said}")
        return False

    def _give_up(self, said: str) -> None:
        self._order = None
        self._kept.forget(KEPT)
        self._log("firmware_not_fetched", said)
        self._now("DownloadFailed")

    async def _install(self, order: UpdateOrder, file: BinaryIO) -> None:
        self._order = msgspec.structs.replace(order, installing=True)
        try:
            await self._kept.keep(KEPT, self._order)
            await update(self._firmware, file, self._heard, source=SOURCE)
        except StationError as refused:
            self._log("firmware_refused", refused.message)
            return
        try:
            await self.restart()
        except StationError as later:
            log.warning("the restart for a new firmware: %s", later)

    def _heard(self, state: UpdateState) -> None:
        """The end of it is told from what is on the disk."""
        if state != "InstallationFailed":
            self._now(state)

    def _log(self, action: str, said: str) -> None:
        self._note(Note(kind="event", action=action, account="supervision", subject=said))


async def _to_its_end(work: Coroutine[None, None, None]) -> None:
    """What is being written is written to its end, whatever is ordered meanwhile."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
