"""A new certificate of the station itself: a key is made here, the central system has it certified."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import msgspec

from core.audit import Note
from core.errors import StationError
from core.ocpp.frames import Payload
from core.ocpp.kept import Kept
from core.ocpp.security.event_types import WRONG_OWN_CERTIFICATE
from core.ocpp.security.trial import Trial
from core.ocpp.topic import Saying

ACTION = "SignCertificate"
KEPT = "pending_key"
CERTIFICATE, KEY = "supervision.client_certificate", "supervision.client_key"


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """The key that a certificate is awaited for, and the request for it; both PEM."""

    key: str
    request: str


class Signing:
    """`name` gives what the certificate is to say: the station's serial number, and its operator or ""."""

    def __init__(
        self,
        kept: Kept,
        trial: Trial,
        name: Callable[[], tuple[str, str]],
        now: Callable[[], datetime],
        note: Callable[[Note], None],
    ) -> None:
        self._kept = kept
        self._trial = trial
        self._name = name
        self._now = now
        self._note = note
        self._asked = False
        self._request = ""

    def ask(self) -> None:
        """The central system wants a request for a certificate."""
        self._asked = True

    async def next(self, *, accepted: bool) -> Saying | None:  # noqa: ARG002 - what was asked for may be said
        if not self._asked:
            return None
        if not self._request:
            from core.ocpp.security.own_key import make_request

            # Each request has a key of its own; that of an earlier one is of no use any more.
            key, self._request = await asyncio.to_thread(make_request, *self._name())
            await self._kept.keep(KEPT, Pending(key=key, request=self._request))
        return Saying(
            action=ACTION, payload={"csr": self._request}, answered=self._answered, failed=self._said
        )

    async def _answered(self, answer: Payload) -> None:
        if answer["status"] != "Accepted":
            self._kept.forget(KEPT)
        await self._said(answer)

    async def _said(self, _: object) -> None:
        self._asked, self._request = False, ""

    async def signed(self, chain: str) -> bool:
        """Take the certificate for the awaited key; it is kept once the link works with it."""
        from core.ocpp.security.own_key import require_fit

        pending = await self._kept.load(KEPT, Pending)
        if pending is None:
            return False
        try:
            require_fit(chain, pending.key, self._now())
            await self._trial.propose({CERTIFICATE: chain, KEY: pending.key})
        except (ValueError, StationError) as refused:
            self._note(Note(kind="event", action=WRONG_OWN_CERTIFICATE, text=str(refused)))
            return False
        self._kept.forget(KEPT)
        return True
