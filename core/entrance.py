"""The door of the station: who comes in, and the handle that they get."""

from __future__ import annotations

from core.access import origin_text
from core.accounts import FACTORY, NOT_RIGHT, NOT_THIS_KEY
from core.api import Origin, Station, Welcome
from core.audit import Note
from core.errors import LogInRefused, NotAllowed, TryLater
from core.handle import StationHandle
from core.parts import Parts
from core.sessions import AccountName, Session
from core.ssh_keys.keys import key_words


class StationEntrance:
    """One connection; it carries one session. Implements `api.Entrance`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._session: Session | None = None
        self._unknown_key: tuple[str, Origin] | None = None
        self._is_closed = False

    async def welcome(self) -> Welcome:
        parts = self._parts
        return Welcome(
            station_name=parts.profile.name,
            serial_number=parts.profile.identity.serial_number,
            version=parts.version,
            state="Restarting" if parts.ending.is_restarting else parts.charging.state(),
            demo=parts.demo,
        )

    async def log_in(self, account: str, password: str, origin: Origin) -> Station:
        self._must_be_free()
        try:
            opened = await self._parts.accounts.open(account, password, origin)
        except LogInRefused as refused:
            # A try that was not looked at is not logged: a flood of them would push out what matters.
            if refused.template == NOT_RIGHT:
                self._note("log_in_refused", "unknown", origin, subject=_named(account))
                self._unknown_key = None
            raise
        return self._begin(opened.name, origin, "logged_in", password_must_change=opened.password_must_change)

    async def fits_key(self, account: str, key: str, origin: Origin) -> bool:
        if await self._parts.keys.find(account, key) is None or await self._parts.accounts.is_factory(
            account
        ):
            self._unknown_key = account, origin
            return False
        return True

    async def log_in_with_key(self, account: str, key: str, origin: Origin) -> Station:
        self._must_be_free()
        opened = await self._parts.accounts.for_key(account, origin)
        found = await self._parts.keys.use(account, key)
        if found is None:
            raise LogInRefused(NOT_THIS_KEY, details={"wait_s": "0"})
        self._parts.accounts.opened_with_key(opened, origin)
        return self._begin(opened.name, origin, "logged_in", key=found.fingerprint, text=key_words(found))

    async def resume(self, token: str, origin: Origin) -> Station:
        self._must_be_free()
        if self._parts.ending.is_restarting:
            raise TryLater("The station restarts now. Try again in a moment.")
        taken = await self._parts.sessions.take(token)
        return self._begin(
            taken.account,
            origin,
            "session_resumed",
            password_must_change=taken.password_must_change,
            key=taken.key,
            text=taken.key,
        )

    async def local(self, origin: Origin) -> Station:
        self._must_be_free()
        if origin.kind != "local":
            raise NotAllowed("Only somebody on the machine itself may come in without a password.")
        return self._begin("local", origin, "logged_in")

    async def close(self) -> None:
        self._is_closed = True
        if self._unknown_key is not None and self._session is None:
            account, origin = self._unknown_key
            if self._parts.accounts.is_news(origin):
                self._note("log_in_refused", "unknown", origin, subject=_named(account), text="unknown key")
        if self._session is not None:
            await self._parts.sessions.end(self._session, reason="closed", by=self._session.info.account)

    def _must_be_free(self) -> None:
        if self._session is not None and self._session.ended is None:
            raise NotAllowed("Somebody is logged in on this connection already.")

    def _begin(
        self,
        account: AccountName,
        origin: Origin,
        action: str,
        *,
        password_must_change: bool = False,
        key: str = "",
        text: str = "",
    ) -> StationHandle:
        self._must_be_free()
        if self._is_closed:
            raise NotAllowed("This connection was closed.")
        session = self._parts.sessions.open(
            account, origin, password_must_change=password_must_change, key=key
        )
        self._session = session
        self._note(action, account, origin, subject=origin.purpose, text=text)
        return StationHandle(self._parts, session)

    def _note(self, action: str, account: str, origin: Origin, *, subject: str, text: str = "") -> None:
        self._parts.audit.note_when_possible(
            Note(
                kind="audit",
                action=action,
                account=account,
                origin=origin_text(origin),
                subject=subject,
                text=text,
            )
        )


def _named(account: str) -> str:
    """The account's name; not what else was typed there, which may be a password in the wrong field."""
    return account if account in FACTORY else "unknown"
