"""Another protection of the link, by the central system: saved only once the link works with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

import msgspec

from core.audit import Note
from core.errors import Invalid, StationError
from core.ocpp.configuration import CENTRAL_SYSTEM, Save
from core.ocpp.kept import Kept
from core.ocpp.linked import Linked
from core.ocpp.steps import REGISTER, UPGRADE
from core.ocpp.target import Target, read_targets
from core.ocpp.waits import Waits
from core.publication.proposed import Proposed
from core.publication.transports.steps import CERTIFICATE, ENCRYPT
from core.settings.store import Settings

KEPT = "trial"
LOOK_EVERY_S = 1.0
FAILURES = 2
"""So often in a row the new protection must fail before it is left: once may be the server's restart."""

REFUSED_AT = frozenset({ENCRYPT, CERTIFICATE, UPGRADE, REGISTER})
"""Steps at which the link fails because of its protection; one that finds no server decides nothing."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """Values of settings to save, and what they were when they were proposed."""

    values: dict[str, str]
    before: dict[str, str]


class Trial:
    """One at a time, kept over restarts: the central system may know only the new protection by then."""

    def __init__(
        self,
        settings: Settings,
        save: Save,
        kept: Kept,
        linked: Linked,
        waits: Waits,
        note: Callable[[Note], None],
    ) -> None:
        self._settings = settings
        self._save = save
        self._kept = kept
        self._linked = linked
        self._waits = waits
        self._note = note
        self._proposal: Proposal | None = None
        self._held: Target | None = None

    async def open(self) -> None:
        """Go on with what was proposed before the station started."""
        self._proposal = await self._kept.load(KEPT, Proposal)

    def targets(self) -> tuple[Target, ...]:
        """The central systems that are to be tried, with what is proposed before what is saved."""
        values = {} if self._proposal is None else self._proposal.values
        return read_targets(Proposed(self._settings, values))

    def text(self, key: str) -> str:
        """The value of a setting, as proposed or as saved."""
        values = {} if self._proposal is None else self._proposal.values
        return values.get(key, self._settings.text(key))

    def held(self, target: Target | None) -> None:
        """The connection that is open."""
        self._held = target

    async def propose(self, changes: Mapping[str, str]) -> None:
        """Try these values on the link; those that do not touch it are saved. Raises StationError."""
        values = {**({} if self._proposal is None else self._proposal.values), **changes}
        outcome = await self._save(values, actor=CENTRAL_SYSTEM, seen=None, dry_run=True)
        if outcome.problems:
            raise Invalid.from_problems(outcome.problems)
        if read_targets(Proposed(self._settings, values)) == read_targets(self._settings):
            await self._save(values, actor=CENTRAL_SYSTEM, seen=None, dry_run=False)
            self._end()
            return
        proposal = Proposal(values=values, before={key: self._settings.text(key) for key in values})
        await self._kept.keep(KEPT, proposal)
        self._proposal = proposal
        self._linked.failures = 0

    async def run(self) -> None:
        """See what becomes of what is proposed, until cancelled."""
        while True:
            await asyncio.shield(asyncio.ensure_future(self._look()))
            await self._waits.sleep(LOOK_EVERY_S)

    async def _look(self) -> None:
        proposal, linked = self._proposal, self._linked
        if proposal is None:
            return
        if any(self._settings.text(key) != value for key, value in proposal.before.items()):
            # Somebody has set it at the station meanwhile.
            self._end()
        elif linked.is_up and self._held in self.targets():
            try:
                await self._save(proposal.values, actor=CENTRAL_SYSTEM, seen=None, dry_run=False)
            except StationError as refused:
                self._left(refused.message)
            else:
                self._end()
        elif linked.failures >= FAILURES and linked.step in REFUSED_AT:
            self._left(linked.said)

    def _left(self, said: str) -> None:
        proposal = self._proposal
        subject = "" if proposal is None else ", ".join(proposal.values)
        self._note(Note(kind="event", action="supervision_change_left", subject=subject, text=said))
        self._end()

    def _end(self) -> None:
        self._proposal = None
        self._kept.forget(KEPT)
