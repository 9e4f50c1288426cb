"""Logs when the link fails because one side does not believe the other; once until it works again."""

from __future__ import annotations

from collections.abc import Callable

from core.audit import Note
from core.ocpp.linked import Linked
from core.ocpp.security.event_types import NOT_LOGGED_IN, WRONG_CERTIFICATE
from core.publication.transports.steps import CERTIFICATE

LOG_IN_REFUSED = "did not accept the log-in"
"""How the words for that begin behind the name of the server."""


class Refusals:
    """Looks at the link as it is."""

    def __init__(self, linked: Linked, note: Callable[[Note], None]) -> None:
        self._linked = linked
        self._note = note
        self._noted = ""

    def look(self) -> None:
        action = self._action()
        if action and action != self._noted:
            self._note(Note(kind="event", action=action, subject=self._linked.url, text=self._linked.said))
        if action or self._linked.is_up:
            self._noted = action

    def _action(self) -> str:
        if self._linked.failing_since is None:
            return ""
        if self._linked.step == CERTIFICATE:
            return WRONG_CERTIFICATE
        return NOT_LOGGED_IN if LOG_IN_REFUSED in self._linked.said else ""
