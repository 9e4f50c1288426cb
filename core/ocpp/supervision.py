"""The supervision: the link as the settings want it, what is said and answered over it, Err #30."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.audit import Audit
from core.causes import Causes
from core.clock import Clock
from core.errors import Invalid
from core.events import AnyEvent, StatusChanged, SupervisionChanged
from core.firmware.firmware import Firmware
from core.ocpp.booting import Registered
from core.ocpp.configuration import Save
from core.ocpp.following import rules_for_charges
from core.ocpp.linked import Linked
from core.ocpp.security.refusals import Refusals
from core.ocpp.seen import Seen
from core.ocpp.setting_up import PATIENCE, set_up_desk
from core.ocpp.smart_charging.charging import SmartCharging
from core.ocpp.target import OCPP, PROTOCOL, Target, read_targets
from core.ocpp.together import together
from core.ocpp.viewing import status_of
from core.ocpp.waits import Waits
from core.profile import HardwareProfile
from core.publication.proposed import Proposed
from core.secrets import StationKey
from core.serving import Serving
from core.settings.store import Settings
from core.step_test import StepTest, Told
from core.storage import Storage
from core.values.publication import ConnectionTest
from core.values.setting import Value
from core.values.supervision import SupervisionStatus

if TYPE_CHECKING:
    from core.ocpp.link import Link

LOST = 30
BUSY = "The connection is being tested already. Wait for the end of that test."


class Supervision:
    """One a station; `version` is that of its program."""

    def __init__(
        self,
        profile: HardwareProfile,
        settings: Settings,
        save: Save,
        charging: Serving,
        storage: Storage,
        audit: Audit,
        causes: Causes,
        clock: Clock,
        smart: SmartCharging,
        announce: Callable[[AnyEvent], None],
        *,
        firmware: Firmware,
        folder: Path,
        key: StationKey,
        version: str,
    ) -> None:
        self._settings = settings
        self._charging = charging
        self._causes = causes
        self._clock = clock
        self._announce = announce
        self._waits = Waits(clock)
        self._seen = Seen(clock, self._changed)
        self._linked = Linked(clock, self._link_changed)
        self._refusals = Refusals(self._linked, audit.note_when_possible)
        self._attention = asyncio.Event()
        self._desk = set_up_desk(
            profile,
            settings,
            save,
            charging,
            storage,
            audit,
            causes,
            clock,
            smart,
            self._waits,
            self._linked,
            self._attention,
            firmware=firmware,
            folder=folder,
            key=key,
            changed=self._changed,
            version=version,
        )
        self._desk.configuration.changed = self._follow_keys
        self._desk.booting.answered = self._registered
        self.resetting = self._desk.resetting
        self.uploads, self.updating = self._desk.uploads, self._desk.updating
        self._link: Link | None = None
        self._followed: tuple[Target, ...] = ()
        self._registered_at = ""
        self._interrupted = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self._testing = StepTest(self._changed, BUSY)

    async def open(self) -> None:
        """Read what was kept, and be asked about badges from now on."""
        await self._desk.open()
        self._follow_keys()
        self._charging.authority = self._desk.asking

    async def run(self) -> None:
        """Hold the link that the settings want, until cancelled."""
        while True:
            async with self._one_at_a_time:
                self._followed = self._desk.trial.targets()
                if self._followed:
                    link = await self._loaded()
                    await together(
                        link.run(self._followed, self._lost),
                        self._heed_facts(),
                        self._desk.trial.run(),
                        self._until_interrupted(),
                    )
                else:
                    self._linked.off()
                    await self._until_interrupted()
                    await self._desk.security_events.skip()

    async def transfer(self) -> None:
        """Send and fetch the files that the central system has ordered, until cancelled."""
        await together(self.uploads.run(), self.updating.run())

    def tick(self) -> None:
        """Look at clock, settings and charge points; called every second."""
        if self._desk.trial.targets() != self._followed:
            self._interrupted.set()
        self._waits.tick()
        self._attention.set()
        self.resetting.tick()
        self._refusals.look()
        self._raise_or_clear()

    @property
    def word(self) -> str:
        """The state of the link for the list of links; "" while no central system is wanted."""
        state = self.status().state
        return "" if state == "off" else state

    def status(self) -> SupervisionStatus:
        """The link as it is now."""
        waiting = self._desk.delivering.waiting
        return status_of(self._settings, self._linked, self._seen, self._testing.last, waiting=waiting)

    async def test(self, changes: Mapping[str, Value], account: str) -> ConnectionTest:
        """Try the way to the primary server, `changes` before the saved settings; the link rests meanwhile.

        The central system may take the station for one that has just started. Raises Invalid, Busy while
        another test runs.
        """
        self._testing.refuse_another()
        wanted = {**changes, "general.station_type": "supervised", PROTOCOL: OCPP}
        plan = self._settings.plan(wanted, account=account)
        problems = [each for each in plan.problems if (each.key or "").startswith("supervision.")]
        if problems:
            raise Invalid.from_problems(problems)
        proposed = Proposed(self._settings, plan.values)
        return await self._testing.run(
            OCPP, partial(self._try_out, read_targets(proposed)[0], proposed.number(PATIENCE))
        )

    async def _try_out(self, target: Target, patience: int, told: Told) -> bool:
        """Go all the way to the central system, which may take the station for one that has just started."""
        self._interrupted.set()
        async with self._one_at_a_time:
            if self._linked.state != "off":
                self._linked.trying(target.url, target.which)
            self._registered_at = ""
            making = await _making()
            return bool(
                await making.try_out(
                    target, self._desk.boot, self._waits, self._seen, told, patience=patience
                )
            )

    # ------------------------------------------------------------ the link

    async def _until_interrupted(self) -> None:
        await self._interrupted.wait()
        self._interrupted.clear()

    async def _heed_facts(self) -> None:
        """There is something to tell as soon as a charge leaves a fact behind."""
        arrived = self._charging.facts.arrived
        while True:
            await arrived.wait()
            arrived.clear()
            self._desk.delivering.arrived()
            await self._desk.promised.look()
            await self._desk.delivering.look()

    async def _loaded(self) -> Link:
        if self._link is None:
            making = await _making()
            desk = self._desk
            link: Link = making.make_link(
                desk,
                desk.topics,
                self._settings,
                self._clock,
                self._waits,
                self._linked,
                self._seen,
                self._attention,
                begins=self._begins,
                said=self._said,
            )
            self._link = link
        return self._link

    def _begins(self, target: Target) -> None:
        """A connection to this central system was opened."""
        self._desk.trial.held(target)
        if target.url != self._registered_at:
            self._desk.booting.anew()
            self._desk.statuses.anew()
            self._registered_at = target.url
        if self._desk.booting.standing == "Accepted":
            self._desk.heartbeats.ask()
        self._attention.set()

    async def _lost(self) -> None:
        """A connection has ended."""
        self._desk.trial.held(None)
        self._desk.asking.lost()

    def _said(self) -> None:
        """The central system answered."""
        self._desk.heartbeats.said()
        registered = self._desk.booting.last
        if registered is not None and registered.standing == "Accepted" and not self._linked.is_up:
            self._linked.accepted()
        elif registered is not None and registered.standing == "Pending":
            self._linked.pending()

    def _registered(self, said: Registered) -> None:
        if said.now is not None:
            self._linked.time_told((said.now - self._clock.now()).total_seconds())
        if said.standing == "Accepted" and said.interval:
            self._desk.configuration.learn("HeartbeatInterval", str(said.interval))

    def _changed(self) -> None:
        self._announce(SupervisionChanged())

    def _link_changed(self) -> None:
        self._changed()
        self._announce(StatusChanged())

    def _raise_or_clear(self) -> None:
        """Err #30 once the link has been lost for longer than one answer may take."""
        since, linked = self._linked.failing_since, self._linked
        lasts = since is not None and self._clock.elapsed() - since >= self._patience()
        self._causes.set(LOST, lasts, cause=f"{linked.step}: {linked.said}", subject="supervision")

    # ------------------------------------------------------------ what is configured

    def _patience(self) -> int:
        return self._settings.number(PATIENCE)

    def _follow_keys(self) -> None:
        self._charging.follow_supervision(rules_for_charges(self._desk.configuration))


async def _making() -> Any:
    """What puts the link together, loaded beside the event loop."""
    return await asyncio.to_thread(importlib.import_module, "core.ocpp.making")
