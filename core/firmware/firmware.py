"""The station's firmware: packages come in, are looked through, written, tried after a restart, kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Literal

from core.audit import Note
from core.clock import Clock
from core.errors import Busy, Invalid, NotFound
from core.events import AnyEvent, FirmwareChanged
from core.firmware import slots
from core.firmware.fitting import Standing, require_fit
from core.firmware.incoming import Incoming, Place, no_room
from core.firmware.keys import fingerprint, read_key, require_trust
from core.firmware.launch import running_slot
from core.firmware.marker import read_marker, write_marker
from core.firmware.package import Looked, look_through
from core.firmware.slots import Candidate, Slot, Slots
from core.firmware.viewing import package_view, status_of
from core.firmware.working import Work
from core.firmware.writing import check_tool, remove_unfinished, write_slot
from core.profile import HardwareProfile
from core.values.firmware import LARGEST_CHUNK, FirmwareStatus, PackageView

OURS = 0
"""The session of a package that no person has brought."""


class Firmware:
    """Everything about packages of one station. `answering` gives the charge points whose boards answer."""

    def __init__(
        self,
        profile: HardwareProfile,
        folder: Path,
        version: str,
        clock: Clock,
        note: Callable[[Note], None],
        announce: Callable[[AnyEvent], None],
        *,
        is_open: Callable[[int], bool],
        answering: Callable[[], tuple[int, ...]],
    ) -> None:
        self._profile = profile
        self._folder = folder
        self._version = version
        self._clock = clock
        self._note = note
        self._announce = announce
        self.answering = answering
        self._keys = tuple(key for text in profile.firmware_keys if (key := read_key(text)) is not None)
        self._place = Place(folder, lambda session: session == OURS or is_open(session))
        self._work = Work(self._changed)
        self._slots = Slots()

    def start(self) -> bool:
        """Read what is on the disk, log what became of a package since the last run; True: it was left."""
        remove_unfinished(self._folder)
        self._slots = read_marker(self._folder)
        outcome = self._slots.outcome
        if outcome is None or outcome.noted:
            return False
        self._note(
            Note(
                kind="event",
                action=f"firmware_{outcome.result}",
                account=outcome.account or "station",
                subject=outcome.version,
                text=outcome.reason,
            )
        )
        self._keep(slots.noted(self._slots))
        return outcome.result == "returned"

    def close(self) -> None:
        """Nothing of a package that came is left."""
        self._place.drop()

    @property
    def slots(self) -> Slots:
        return self._slots

    def status(self, *, restarts_when_free: bool = False) -> FirmwareStatus:
        """What runs and what goes on."""
        return status_of(
            self._slots,
            self._place.now,
            version=self._version,
            running=running_slot(),
            trusted=tuple(fingerprint(key) for key in self._keys),
            working=self._work.now,
            far=self._work.far,
            restarts_when_free=restarts_when_free,
        )

    def image_version(self, part: Literal["board", "reader"]) -> str:
        """The version of the image that a simulated part took last, "" for none."""
        return self._slots.board if part == "board" else self._slots.reader

    async def receive(self, session: int, chunk: bytes, *, begin: bool) -> int:
        """Take the next bytes of a package; see `api.Station.receive_firmware`."""
        require_trust(self._keys)
        self._work.require_rest()
        incoming = self._place.begin(session) if begin else self._place.of(session)
        await asyncio.to_thread(incoming.take, chunk)
        self._changed()
        return incoming.size

    def check(self) -> None:
        """What a session has sent is gone with it, unless it is looked at or written now."""
        if not self._work.now and self._place.is_left:
            self._place.drop()
            self._changed()

    async def verify(self, session: int) -> PackageView:
        """Look through what the session has sent; see `api.Station.verify_firmware`."""
        incoming = self._place.of(session)
        try:
            incoming.looked = await self._work.do("verifying", lambda: self._verified(incoming))
        except Invalid:
            self._place.drop()
            raise
        return package_view(incoming.looked)

    async def write(
        self, session: int, digest: str, *, account: str, origin: str, source: str = ""
    ) -> Candidate:
        """Write the verified package beside what runs; it waits for the restart then.

        Raises NotFound, Busy while another waits or is on trial, Invalid, StorageFull.
        """
        incoming = self._place.of(session)
        looked = incoming.looked
        if looked is None or looked.digest != digest:
            raise NotFound("This package was not verified here. Verify it first.")
        if self._slots.trial is not None:
            raise Busy(
                "Version {version} is on trial now. Try again in a moment.", version=self._slots.trial.version
            )
        # Whatever waited is not to be switched to while its slot is written anew.
        self._keep(slots.taken_back(self._slots))
        candidate = self._candidate(looked, account=account, source=source)
        if "tool" in looked.manifest.parts:
            await self._work.do("writing", lambda: self._written(candidate.slot, incoming.file, looked))
        self._keep(slots.written(self._slots, candidate, version=self._version, running=running_slot()))
        self._place.drop()
        self._note(
            Note(
                kind="audit",
                action="firmware_written",
                account=account,
                origin=origin,
                subject=candidate.version,
                text=f"{', '.join(sorted(looked.manifest.parts))}, signed by {looked.signer}",
            )
        )
        return candidate

    def forget(self, session: int) -> bool:
        """Leave aside what the session has sent; False when it has sent nothing."""
        if self._place.now is None or self._place.now.session != session:
            return False
        self._place.drop()
        self._changed()
        return True

    def withdraw(self, session: int, *, account: str, origin: str) -> None:
        """Leave aside what the session has sent, else what waits. Raises NotFound, Busy."""
        self._work.require_rest()
        if self.forget(session):
            return
        if self._slots.waiting is None:
            raise NotFound("No firmware waits for a restart.")
        self.take_back(account=account, origin=origin)

    def take_back(self, *, account: str, origin: str) -> None:
        """What waits is not switched to; nothing where nothing waits."""
        if self._slots.waiting is None:
            return
        version = self._slots.waiting.version
        self._keep(slots.taken_back(self._slots))
        self._note(
            Note(kind="audit", action="firmware_withdrawn", account=account, origin=origin, subject=version)
        )

    def require_none(self) -> None:
        """Raises Busy while firmware waits for a restart or is on trial."""
        if (awaited := self._slots.trial or self._slots.waiting) is not None:
            raise Busy(
                "Firmware {version} waits for the restart, or is on trial. Withdraw it, or let it prove "
                "itself first.",
                version=awaited.version,
            )

    @property
    def is_on_trial(self) -> bool:
        """Whether what runs has to prove itself."""
        return self._slots.trial is not None and self._slots.trial.slot == running_slot()

    @property
    def answered_before(self) -> tuple[int, ...]:
        """The charge points whose boards answered before what is on trial was started."""
        return () if self._slots.trial is None else self._slots.trial.answering

    def proved(self) -> None:
        """What runs has shown that it works."""
        self._keep(slots.proved(self._slots, self._clock.now()))
        self.start()

    def reported(self) -> None:
        """The system that brought the last package has heard what became of it."""
        self._keep(slots.reported(self._slots))

    def failed(self, reason: str) -> None:
        """What runs does not work: at the next start what ran before runs again."""
        self._keep(slots.returned(self._slots, reason, self._clock.now()))

    def take_file(self, session: int, file: BinaryIO) -> None:
        """Take a whole package from a file, in the caller's thread. Raises Busy, Invalid, StorageFull."""
        self._work.require_rest()
        incoming = self._place.begin(session)
        while chunk := file.read(LARGEST_CHUNK):
            incoming.take(chunk)

    def _verified(self, incoming: Incoming) -> Looked:
        looked = look_through(incoming.file, self._keys, told=self._work.told)
        minimum = slots.lowest_allowed(self._slots, self._version, running_slot())
        require_fit(looked.manifest, Standing(profile=self._profile, minimum=minimum))
        check_tool(incoming.file, looked)
        return looked

    def _written(self, slot: Slot, file: BinaryIO, looked: Looked) -> None:
        try:
            write_slot(self._folder, slot, file, looked, told=self._work.told)
        except OSError as fault:
            raise no_room(fault) from None

    def _candidate(self, looked: Looked, *, account: str, source: str) -> Candidate:
        parts = looked.manifest.parts
        return Candidate(
            slot=slots.free_slot(self._slots) if "tool" in parts else self._slots.active,
            version=looked.manifest.version,
            minimum=looked.manifest.minimum,
            board=parts["board"].version if "board" in parts else "",
            reader=parts["reader"].version if "reader" in parts else "",
            answering=self.answering(),
            account=account,
            source=source,
            since=self._clock.now(),
        )

    def _keep(self, now: Slots) -> None:
        """Put it on the disk. Raises StorageFull."""
        if now == self._slots:
            return
        try:
            write_marker(self._folder, now)
        except OSError as fault:
            raise no_room(fault) from None
        self._slots = now
        self._changed()

    def _changed(self) -> None:
        self._announce(FirmwareChanged())
