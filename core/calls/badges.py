"""The calls on badges: the register, its file, and learning."""

from __future__ import annotations

from core.access import origin_text
from core.api import (
    ALL_BADGES,
    LEARNING_SECONDS,
    Badge,
    BadgeImport,
    BadgePage,
    BadgeQuery,
    BadgeSelection,
    BadgeType,
    ImportMode,
    Learning,
    LearningMode,
)
from core.badges.changes import Author
from core.badges.learning import Learner
from core.caller import Caller, finished
from core.errors import NotAllowed


class BadgeCalls(Caller):
    """The part of `api.Station` that is about badges."""

    async def badges(self, query: BadgeQuery = ALL_BADGES) -> BadgePage:
        self._may("badges")
        return await self._parts.register.page(query)

    async def add_badge(self, uid: str, kind: BadgeType = "user", comment: str = "") -> Badge:
        self._may_change_badges()
        return await finished(self._parts.register.add(uid, kind, comment, self._author))

    async def set_badge(
        self,
        uid: str,
        *,
        kind: BadgeType | None = None,
        comment: str | None = None,
        seen: Badge | None = None,
    ) -> Badge:
        self._may_change_badges()
        change = self._parts.register.set(uid, self._author, type_=kind, comment=comment, seen=seen)
        return await finished(change)

    async def set_badges_type(self, selection: BadgeSelection, kind: BadgeType) -> int:
        self._may_change_badges()
        return await finished(self._parts.register.set_type(selection, kind, self._author))

    async def remove_badges(self, selection: BadgeSelection) -> int:
        self._may_change_badges()
        return await finished(self._parts.register.remove(selection, self._author))

    async def clear_badges(self) -> int:
        self._may_change_badges()
        return await finished(self._parts.register.remove(BadgeSelection(found=""), self._author))

    async def export_badges(self) -> bytes:
        self._may("badges")
        file = await self._parts.register.export()
        self._note("badges_exported")
        return file

    async def import_badges(
        self,
        file: bytes,
        *,
        mode: ImportMode = "replace",
        accept_edited: bool = False,
        dry_run: bool = False,
    ) -> BadgeImport:
        self._may_change_badges()
        return await finished(
            self._parts.register.take_over(
                file, self._author, mode=mode, accept_edited=accept_edited, dry_run=dry_run
            )
        )

    async def learn_start(self, mode: LearningMode, seconds: int = LEARNING_SECONDS) -> Learning:
        self._may_change_badges()
        return self._parts.learning.start(mode, seconds, self._learner)

    async def learn_stop(self) -> Learning | None:
        self._may_change_badges()
        return self._parts.learning.stop(self._learner)

    async def learning(self) -> Learning | None:
        self._may("badges")
        return self._parts.learning.state()

    def _may_change_badges(self) -> None:
        self._may_change("change_badges")
        if not self._parts.profile.rfid_reader:
            raise NotAllowed("This station has no badge reader: badges are of no use here.")

    @property
    def _author(self) -> Author:
        return Author(account=self._actor.account, origin=origin_text(self._actor.origin))

    @property
    def _learner(self) -> Learner:
        actor = self._actor
        return Learner(account=actor.account, origin=origin_text(actor.origin), session=actor.session)
