"""The part of the seam that is about accounts: passwords, public keys, and who is logged in."""

from __future__ import annotations

from typing import Protocol

from core.values.keys import SshKey
from core.values.people import SessionInfo


class AccountStation(Protocol):
    """What `core.api.Station` has for accounts."""

    async def change_password(self, account: str, new: str, *, old: str | None = None) -> None:
        """Set a password; the other sessions of the account end.

        One's own needs `old`, but not while the factory password must change, and not for `local`.
        """

    async def keys(self) -> tuple[SshKey, ...]:
        """The public keys of both accounts, in the order in which they were added."""

    async def add_key(self, account: str, line: str) -> SshKey:
        """Let a public key open an account: one line as `ssh-keygen` writes it into a `.pub` file.

        Raises Invalid, NotFound for an unknown account, Conflict for a key that it has already.
        """

    async def remove_key(self, account: str, fingerprint: str) -> SshKey:
        """Take a public key away; the sessions that were opened with it end. Raises NotFound."""

    async def sessions(self) -> tuple[SessionInfo, ...]: ...

    async def close_session(self, session: int) -> None: ...
