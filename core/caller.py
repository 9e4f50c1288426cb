"""Somebody with a session at the station, and what is checked before they are served."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from core import access
from core.access import Actor
from core.audit import Note
from core.errors import NotAllowed, PasswordMustChange, TryLater
from core.parts import Parts
from core.sessions import Session

T = TypeVar("T")


async def finished(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end even when nobody waits any more: what is stored is also followed and announced."""
    return await asyncio.shield(asyncio.ensure_future(work))


class Caller:
    """What every call of one session begins with."""

    def __init__(self, parts: Parts, session: Session) -> None:
        self._parts = parts
        self._session = session

    @property
    def _actor(self) -> Actor:
        info = self._session.info
        return Actor(account=info.account, session=info.id, origin=info.origin)

    def _still_there(self) -> None:
        if self._session.ended is not None:
            raise NotAllowed("This session has ended. Log in again.")

    def _may(self, action: str) -> None:
        self._still_there()
        if self._session.info.password_must_change:
            raise PasswordMustChange("The factory password only serves to set a new one. Set a new password.")
        access.require(self._actor.account, action)

    def _may_change(self, action: str) -> None:
        self._may(action)
        if self._parts.ending.is_restarting:
            raise TryLater("The station restarts now. Try again in a moment.")

    def _note(self, action: str, subject: str = "") -> None:
        actor = self._actor
        self._parts.audit.note_when_possible(
            Note(
                kind="audit",
                action=action,
                account=actor.account,
                origin=access.origin_text(actor.origin),
                subject=subject,
            )
        )
