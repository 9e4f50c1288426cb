"""Commit-confirm: a change of the network is on trial until somebody confirms it from the new one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial

import msgspec

from core.access import Actor
from core.audit import Audit
from core.clock import Clock
from core.errors import Invalid, NotFound, TryLater
from core.events import AnyEvent, NetworkChanged
from core.network import telling
from core.network.addressing import Addressing, addressing, is_network_key, is_tried
from core.network.driver import NetworkDriver
from core.network.farewell import GOODBYE_S, Farewell
from core.network.following import Following
from core.network.marker import Marker
from core.network.trial import Trial, new_trial, refuse_another, why_not
from core.profile import HardwareProfile
from core.saving import Saving
from core.sessions import Session, Sessions
from core.settings.store import Settings
from core.values.network import CONFIRM_WITHIN_S, NetworkStatus
from core.values.setting import Value
from core.values.settings import ChangeOutcome


class Network:
    """The one way settings of the network are changed. One change at a time.

    What is saved is what was confirmed: a change on trial is followed, and saved only when it is confirmed.
    """

    def __init__(
        self,
        profile: HardwareProfile,
        settings: Settings,
        saving: Saving,
        sessions: Sessions,
        driver: NetworkDriver,
        marker: Marker,
        audit: Audit,
        clock: Clock,
        announce: Callable[[AnyEvent], None],
    ) -> None:
        self._profile = profile
        self._settings = settings
        self._saving = saving
        self._sessions = sessions
        self._driver = driver
        self._marker = marker
        self._audit = audit
        self._clock = clock
        self._announce = announce
        self._one_at_a_time = asyncio.Lock()
        self._trial: Trial | None = None
        self._following = Following(
            driver, marker, clock, Farewell(sessions, clock), partial(self._note, "network_failed")
        )
        self._work: asyncio.Task[None] | None = None
        self._checking: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Answer where the saved settings say; what was on trial when the station ended is gone with that."""
        if self._marker.is_set():
            self._note("network_restored", text="the station has started again")
        self._following.fall_behind()
        self.check()

    def check(self) -> None:
        """Take an overdue trial back, and try again what the driver could not do; never waits."""
        now = self._clock.elapsed()
        is_overdue = self._trial is not None and now >= self._trial.ends_at
        if (is_overdue or self._following.is_due) and (self._work is None or self._work.done()):
            self._work = asyncio.create_task(self._catch_up(), name="network")

    async def settled(self) -> None:
        """Wait for what `check` began."""
        await asyncio.gather(*([] if self._work is None else [self._work]))

    async def stop(self) -> None:
        """End what is under way; a trial comes back at the next start."""
        tasks = [task for task in (self._work, self._checking) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # ------------------------------------------------------------ what sessions ask for

    def status(self, session: Session) -> NetworkStatus:
        """What is saved, what is in force, and how a trial stands for this session."""
        return NetworkStatus(
            driver=self._profile.network.driver,
            interface=self._profile.network.interface,
            saved=telling.facts(self._settings, self._settings.value),
            in_force=telling.facts(self._settings, self._settings.running),
            problem=self._following.problem,
            trial=telling.trial_status(
                self._trial,
                session.info,
                now=self._clock.elapsed(),
                proves_the_way=self._driver.proves_the_way,
            ),
        )

    async def change(
        self,
        changes: Mapping[str, Value],
        *,
        actor: Actor,
        session: Session,
        seen: Mapping[str, Value] | None = None,
        dry_run: bool = False,
        file: str = "",
        confirm_within_s: int = CONFIRM_WITHIN_S,
    ) -> ChangeOutcome:
        """Put the changes of the network on trial and save the others; all or nothing. `file`: see Saving.

        Raises Busy while another change is on trial, Invalid, and what `Settings.plan` raises.
        """
        rest = {key: value for key, value in changes.items() if not is_tried(key)}
        async with self._one_at_a_time:
            plan = self._settings.plan(changes, account=actor.account, seen=seen, whole=bool(file))
            if any(is_network_key(key) for key in changes):
                refuse_another(self._trial, self._clock.elapsed())
            concerned = [change for change in plan.changes if is_tried(change.key)]
            if not concerned and not plan.problems:
                return await self._saving.save(changes, actor=actor, seen=seen, dry_run=dry_run, file=file)
            trial = new_trial(
                plan,
                changes,
                actor,
                session.info.id,
                before=self._addressing(),
                wanted=self._addressing(plan.values),
                last_session=self._sessions.last,
                confirm_within_s=confirm_within_s,
                now=self._clock.elapsed(),
                whole=bool(file),
            )
            lost = self._following.loses(session.info, trial.wanted)
            outcome = ChangeOutcome(
                changes=plan.changes,
                restart_needed=plan.restart_needed,
                saved=False,
                problems=plan.problems,
                notes=(*telling.notes(trial, session.info, lost=lost), *plan.notes)
                if concerned
                else plan.notes,
                confirm_within_s=confirm_within_s if concerned else 0,
            )
            if dry_run:
                return outcome
            if plan.problems:
                raise Invalid.from_problems(plan.problems)
            await self._begin(trial, rest, actor, seen, file=file, later=lost)
        return msgspec.structs.replace(outcome, saved=True)

    async def confirm(self, *, actor: Actor, session: Session) -> None:
        """Save what is on trial. Raises NotFound without one, NotAllowed where the session proves nothing."""
        async with self._one_at_a_time:
            trial = self._on_trial()
            refusal = why_not(trial, session.info, proves_the_way=self._driver.proves_the_way)
            if refusal is not None:
                raise refusal
            await self._saving.save(trial.asked, actor=actor, seen=None, dry_run=False, whole=trial.whole)
            self._let_go()
            self._note("network_confirmed", actor=actor, subject=trial.wanted.station)
            self._following.fall_behind()
            await self._bring_about()
        self._announce(NetworkChanged())

    async def revert(self, *, actor: Actor, session: Session) -> None:
        """Go back to what is saved. Raises NotFound without a trial, TryLater when the driver fails.

        Whoever is lost with the address on trial is answered first.
        """
        async with self._one_at_a_time:
            trial = self._on_trial()
            self._take_back(trial, f"by {actor.account}", actor)
            if self._following.loses(session.info, self._addressing()):
                self._work = asyncio.create_task(self._after_the_answer(), name="network")
                return
            await self._bring_about()
        if self._following.is_behind:
            raise TryLater("The old network settings are not back yet: {said}", said=self._following.problem)

    async def extend(self) -> None:
        """Give the trial its whole time again, from now. Raises NotFound without one."""
        async with self._one_at_a_time:
            trial = self._on_trial()
            ends_at = self._clock.elapsed() + trial.confirm_within_s
            self._trial = msgspec.structs.replace(trial, ends_at=ends_at)
        self._announce(NetworkChanged())

    # ------------------------------------------------------------ how a trial begins and ends

    async def _begin(
        self,
        trial: Trial,
        rest: Mapping[str, Value],
        actor: Actor,
        seen: Mapping[str, Value] | None,
        *,
        file: str,
        later: bool,
    ) -> None:
        """Save the rest and put the trial in force; `later`: after whoever asked has been answered."""
        if rest:
            alone = await self._saving.save(rest, actor=actor, seen=seen, dry_run=True, file=file)
            if alone.problems:
                raise Invalid.from_problems(alone.problems)
        await self._following.mark(telling.log_words(trial))
        if rest or file:
            await self._saving.save(rest, actor=actor, seen=seen, dry_run=False, file=file)
        self._note("network_tried", actor=actor, subject=trial.wanted.station, text=telling.log_words(trial))
        self._trial = trial
        self._settings.try_out(trial.values)
        self._following.fall_behind(rest_s=2 * GOODBYE_S)
        self._announce(NetworkChanged())
        if later:
            self._work = asyncio.create_task(self._after_the_answer(), name="network")
            return
        await self._bring_about()
        if self._following.is_behind:
            said = self._following.problem
            self._take_back(trial, said)
            await self._bring_about()
            raise Invalid(
                "The network could not be set so: {said}. The old settings are back.",
                key="network.ip_address",
                said=said,
            )

    async def _after_the_answer(self) -> None:
        await self._clock.sleep(GOODBYE_S)
        async with self._one_at_a_time:
            await self._bring_about()
            if self._following.is_behind and self._trial is not None:
                self._take_back(self._trial, self._following.problem)
                await self._bring_about()

    async def _catch_up(self) -> None:
        async with self._one_at_a_time:
            trial = self._trial
            if trial is not None and self._clock.elapsed() >= trial.ends_at:
                self._take_back(trial, f"not confirmed within {trial.confirm_within_s} s")
            if self._following.is_behind:
                await self._bring_about()

    def _take_back(self, trial: Trial, why: str, actor: Actor | None = None) -> None:
        """From now on what is saved is wanted again."""
        self._let_go()
        self._following.fall_behind()
        self._note("network_restored", actor=actor, subject=trial.before.station, text=why)

    def _let_go(self) -> None:
        self._trial = None
        self._settings.try_out({})
        if self._checking is not None:
            self._checking.cancel()

    async def _bring_about(self) -> None:
        wanted, trial = self._addressing(), self._trial
        await self._following.bring_about(
            wanted, confirm_within_s=0 if trial is None else trial.confirm_within_s
        )
        if trial is not None and not self._following.is_behind:
            self._trial = msgspec.structs.replace(trial, applied=True)
            self._checking = asyncio.create_task(self._look(wanted), name="network checks")
        self._announce(NetworkChanged())

    async def _look(self, applied: Addressing) -> None:
        checks = await self._driver.check(applied)
        if self._trial is not None:
            self._trial = msgspec.structs.replace(self._trial, checks=checks)
            self._announce(NetworkChanged())

    def _addressing(self, values: Mapping[str, Value] | None = None) -> Addressing:
        """What is in force by the settings; with `values` in place of some."""
        tried = {key: value for key, value in (values or {}).items() if is_tried(key)}
        return addressing(self._profile, lambda key: str(tried.get(key, self._settings.running(key))))

    def _on_trial(self) -> Trial:
        if self._trial is None:
            raise NotFound("No change of the network is on trial.")
        return self._trial

    def _note(self, action: str, subject: str = "", text: str = "", *, actor: Actor | None = None) -> None:
        self._audit.note_when_possible(telling.note(action, subject, text, actor))
