"""The running station: its control tick, its watched tasks, its orderly end."""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial
from pathlib import Path

from core.api import Entrance
from core.assembly import assemble
from core.audit import Note
from core.bms.listening import Endpoint
from core.boards.making import real_boards
from core.clock import Clock
from core.demo import come_and_go, is_demonstration
from core.ending import End
from core.entrance import StationEntrance
from core.errors import TryLater
from core.light import light_now, show_light
from core.notices import DAMAGED, DISK_FULL, PART_FAILED, UNPUBLISHED
from core.ocpp.configuration import CENTRAL_SYSTEM
from core.parts import Parts
from core.passwords import Keeper
from core.profile import HardwareProfile
from core.restarting import LAST_WRITES_SECONDS, restart, restart_when_free
from core.supervision_files import write_file
from core.tasks import Supervisor
from core.ticks import Lateness, run_ticks

COPY_EVERY_SECONDS = 24 * 3600.0
COPY_AGAIN_SECONDS = 600.0
STORAGE_SECONDS = 0.2
LAST_OFFER_SECONDS = 3.0


class StationCore:
    """One station; `entrance` makes a door to it, `lateness` measures its control tick."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.lateness = Lateness()
        self._failing: set[str] = set()
        self._storing: set[asyncio.Task[None]] = set()
        self._supervisor = Supervisor(self._task_failed)
        self._board_tasks = Supervisor(self._task_failed)
        self._board_changed = asyncio.Event()

    @classmethod
    async def start(
        cls,
        profile: HardwareProfile,
        folder: Path,
        *,
        clock: Clock | None = None,
        demo: bool = False,
        ticking: bool = True,
        keeper: Keeper | None = None,
        bms: Endpoint | None = None,
    ) -> StationCore:
        """Open the data folder and begin to charge.

        `ticking` False: the control tick is turned by hand with `tick`. `keeper` None: passwords are
        hashed at full cost. `bms`: where the building's Modbus is answered. Raises StationError.
        """
        core = cls(await assemble(profile, folder, clock=clock, keeper=keeper, demo=demo, bms=bms))
        if ticking:
            core._supervisor.watch("control tick", core._ticks)
            if demo and profile.simulated_board and await is_demonstration(core.parts.storage):
                core._supervisor.watch("demonstration", core._traffic)
        if profile.rfid_reader:
            core._supervisor.watch("badge reader", core.parts.reader.run)
        if core.parts.modem is not None:
            core._supervisor.watch("modem", core.parts.modem.run)
        core.parts.network.start()
        core._supervisor.watch("power meters", core.parts.meters.run)
        core._supervisor.watch("publication", core.parts.publication.run)
        core.parts.supervision.resetting.restart = core._reset
        core.parts.supervision.uploads.write = partial(write_file, core.parts)
        core.parts.supervision.updating.restart = partial(
            restart, core.parts, CENTRAL_SYSTEM, "when_free", "firmware"
        )
        core._supervisor.watch("supervision", core.parts.supervision.run)
        core._supervisor.watch("files for the supervision", core.parts.supervision.transfer)
        core._supervisor.watch("time server", core.parts.timekeeping.run)
        core._supervisor.watch("daily copy", core._copies)
        core._watch_boards()
        return core

    def entrance(self) -> Entrance:
        """A door for one connection."""
        return StationEntrance(self.parts)

    async def tick(self) -> None:
        """One control tick, until what came of it is stored."""
        self.parts.network.check()
        await self.parts.charging.tick()
        await self.parts.bms.tick()
        await self.parts.smart.tick()
        self.parts.authenticating.look()
        self.parts.consistency.look()
        self.parts.error_history.look()
        self.parts.learning.check()
        self.parts.firmware.check()
        self.parts.meter_finding.check()
        self.parts.timekeeping.tick()
        self.parts.publication.tick()
        self.parts.supervision.tick()
        self.parts.notices.set(UNPUBLISHED, self.parts.publication.is_failing)
        storage = self.parts.storage
        self.parts.notices.set(DAMAGED, storage.is_damaged)
        if self.parts.notices.set(DISK_FULL, storage.is_full):
            action = "disk_full" if storage.is_full else "disk_has_room"
            self.parts.audit.note_when_possible(Note(kind="event", action=action))
        await self.parts.network.settled()
        await restart_when_free(self.parts)
        show_light(self.parts, light_now(self.parts))

    def ask_to_stop(self) -> None:
        """Let `ended` return."""
        self.parts.ending.ask("stop")

    async def ended(self) -> End:
        """Wait until the station is to stop, or to start again."""
        return await self.parts.ending.asked()

    async def stop(self) -> None:
        """End charges with their records, store what waits, close the data folder."""
        await self._supervisor.stop()
        self.parts.sessions.leave()
        show_light(self.parts, "off")
        await self.parts.meter_finding.close()
        await self.parts.network.stop()
        await self.parts.bms.stop()
        self.parts.firmware.close()
        await self.parts.charging.end_all("restart")
        await self._leave_boards()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_WRITES_SECONDS):
                await asyncio.gather(*self._storing)
                await self.parts.storage.flush()
        await self.parts.storage.close()

    async def _reset(self) -> None:
        """Restart because the supervision has ordered it."""
        with contextlib.suppress(TryLater):
            await restart(self.parts, CENTRAL_SYSTEM)

    async def _traffic(self) -> None:
        profile = self.parts.profile
        await come_and_go(self.parts.charging, points=profile.charge_points, reader=profile.rfid_reader)

    async def _ticks(self) -> None:
        await run_ticks(self._tick_without_storage, self.lateness)

    async def _tick_without_storage(self) -> None:
        """Tick; a disk that is slow is left behind to finish by itself."""
        self._storing.add(asyncio.create_task(self.tick(), name="tick"))
        finished, self._storing = await asyncio.wait(self._storing, timeout=STORAGE_SECONDS)
        for tick in finished:
            tick.result()

    def _watch_boards(self) -> None:
        boards = real_boards(self.parts.boards)
        for board in boards:
            board.changed, board.note = self._board_changed.set, self.parts.audit.note_when_possible
            self._board_tasks.watch(f"board of {board.name}", board.run)
        if boards:
            self._supervisor.watch("board changes", self._follow_boards)

    async def _follow_boards(self) -> None:
        """A control tick for every change that a board reads, at once."""
        while True:
            await self._board_changed.wait()
            self._board_changed.clear()
            await self._tick_without_storage()

    async def _leave_boards(self) -> None:
        """Let every board on a line hear that nothing is offered any more."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_OFFER_SECONDS):
                await asyncio.gather(*(board.told() for board in real_boards(self.parts.boards)))
        await self._board_tasks.stop()

    async def _copies(self) -> None:
        while True:
            made = await self.parts.storage.copy()
            await asyncio.sleep(COPY_EVERY_SECONDS if made else COPY_AGAIN_SECONDS)

    def _task_failed(self, name: str, failing: bool) -> None:
        (self._failing.add if failing else self._failing.discard)(name)
        self.parts.notices.set(PART_FAILED, bool(self._failing))
        if failing:
            self.parts.audit.note_when_possible(Note(kind="event", action="part_failed", subject=name))
