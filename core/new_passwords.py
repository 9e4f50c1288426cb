"""Setting a password: what is checked, and which sessions end by it."""

from __future__ import annotations

import sqlite3

from core.access import Actor, origin_text
from core.accounts import WRONG_OLD, store
from core.audit import Note, append
from core.errors import Invalid
from core.parts import Parts
from core.sessions import Session, forget_tokens


async def set_password(
    parts: Parts, session: Session, actor: Actor, account: str, new: str, *, old: str | None
) -> None:
    """Set a password that the actor may set; the account's other sessions end.

    One's own needs `old`, but not in place of the factory password. Raises Invalid with all that is wrong.
    """
    own = account == actor.account
    if own and not session.info.password_must_change:
        if old is None:
            raise Invalid("Give the old password too.", key="old")
        try:
            await parts.accounts.check_own(account, old, actor.origin)
        except Invalid as wrong:
            # As at log-in: a try that was not looked at is not logged.
            if wrong.template == WRONG_OLD:
                parts.audit.note_when_possible(_note("password_refused", actor, account))
            raise
    hashed = await parts.accounts.new_hash(account, new)
    note = _note("password_changed", actor, account)

    def change(link: sqlite3.Connection) -> int:
        store(link, account, hashed, is_factory=False)
        forget_tokens(link, account)
        return append(link, note, parts.clock.now())

    number = await parts.storage.write(change)
    for other in parts.sessions.of(account):
        if other is not session:
            await parts.sessions.end(other, reason="password_changed", by=actor.account)
    if own:
        parts.sessions.password_changed(session)
    parts.audit.stored(number)


def _note(action: str, actor: Actor, account: str) -> Note:
    return Note(
        kind="audit",
        action=action,
        account=actor.account,
        origin=origin_text(actor.origin),
        subject=account,
    )
