"""The calls on accounts: passwords, public keys, and who is logged in."""

from __future__ import annotations

from core import access
from core.api import SessionInfo, SshKey
from core.caller import Caller, finished
from core.new_passwords import set_password


class AccountCalls(Caller):
    """The part of `api.Station` that is about accounts."""

    async def change_password(self, account: str, new: str, *, old: str | None = None) -> None:
        self._still_there()
        if account == self._actor.account:
            access.require(account, "own_password")
        else:
            self._may("other_password")
        await finished(set_password(self._parts, self._session, self._actor, account, new, old=old))

    async def keys(self) -> tuple[SshKey, ...]:
        self._may("keys")
        return await self._parts.keys.every()

    async def add_key(self, account: str, line: str) -> SshKey:
        self._may_change("keys")
        return await finished(self._parts.keys.add(account, line, self._actor))

    async def remove_key(self, account: str, fingerprint: str) -> SshKey:
        self._may_change("keys")
        return await finished(self._parts.keys.remove(account, fingerprint, self._actor))

    async def sessions(self) -> tuple[SessionInfo, ...]:
        self._may("sessions")
        account = self._actor.account
        return tuple(access.session_for(account, session) for session in self._parts.sessions.all())

    async def close_session(self, session: int) -> None:
        self._may("close_session")
        closed = self._parts.sessions.get(session)
        self._note("session_closed", f"{closed.info.account} {closed.info.id}")
        await self._parts.sessions.end(closed, reason="closed", by=self._actor.account)
