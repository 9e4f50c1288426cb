"""Who may do what: settings by the guide's columns, the rest by one table; denied unless it says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from core.api import LogEntry, Origin, SessionInfo
from core.errors import NotAllowed
from core.settings.rights import may_read, may_write
from core.settings.rows import catalogue_setting
from core.values.setting import Setting

__all__ = [
    "ACTIONS",
    "Account",
    "Actor",
    "entry_for",
    "may",
    "may_read",
    "may_read_key",
    "may_write",
    "origin_text",
    "require",
    "session_for",
]

Account = Literal["admin", "user", "local"]

ADMIN = frozenset({"admin", "local"})
LOGGED_IN = frozenset({"admin", "user"})
EVERYBODY = ADMIN | LOGGED_IN

ACTIONS: Mapping[str, frozenset[str]] = {
    "hardware": EVERYBODY,
    "status": EVERYBODY,
    "settings": EVERYBODY,
    "change_settings": EVERYBODY,
    "config_export": ADMIN,
    "config_import": ADMIN,
    "clock": EVERYBODY,
    "set_clock": EVERYBODY,
    "change_network": ADMIN,
    "network": EVERYBODY,
    "badges": EVERYBODY,
    "change_badges": EVERYBODY,
    "records": EVERYBODY,
    "find_meters": ADMIN,
    "publication": EVERYBODY,
    "publish": ADMIN,
    "supervision": ADMIN,
    "report": EVERYBODY,
    "log": EVERYBODY,
    "restart": EVERYBODY,
    "factory_reset": ADMIN,
    "erase_personal_data": ADMIN,
    "own_password": LOGGED_IN,
    "other_password": ADMIN,
    "keys": ADMIN,
    "firmware": ADMIN,
    "files": EVERYBODY,
    "sessions": EVERYBODY,
    "close_session": ADMIN,
    "simulate": ADMIN,
}
"""The accounts that may do each action (guide, Control, Password and Firmware update sub-tabs).

`change_settings` lets an account try: each setting's own rights then decide.
"""

IN_WORDS: Mapping[str, str] = {
    "config_export": "export the configuration",
    "config_import": "import a configuration",
    "change_network": "change the network",
    "find_meters": "look for power meters",
    "publish": "publish charge data records",
    "supervision": "see or test the supervision",
    "factory_reset": "restore the factory settings",
    "erase_personal_data": "erase badges and records",
    "own_password": "change a password of its own",
    "other_password": "change another account's password",
    "keys": "see or change the public keys",
    "firmware": "see or install firmware",
    "close_session": "close a session",
    "simulate": "use the simulated board",
}


TELL_OF_KEYS = frozenset({"key_added", "key_removed", "logged_in", "session_resumed"})
"""Actions whose entries name a public key in their text."""


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who does something: the account, its session (0: the station itself) and where it comes from."""

    account: Account
    session: int
    origin: Origin


def may(account: str, action: str) -> bool:
    """True when the account may do the action; False for an action that the table does not have."""
    return account in ACTIONS.get(action, frozenset())


def require(account: str, action: str) -> None:
    """Raises NotAllowed unless the account may do the action."""
    if not may(account, action):
        raise NotAllowed(
            "Account {account} may not {action}.",
            account=account,
            action=IN_WORDS.get(action, action.replace("_", " ")),
        )


def may_read_key(account: str, key: str) -> bool:
    """True when the account may read the setting of that key; False for a key that there is not."""
    setting: Setting | None = catalogue_setting(key)
    return setting is not None and may_read(setting, account)


def entry_for(account: str, entry: LogEntry) -> LogEntry:
    """A log entry as the account may see it: without values of settings and keys that it may not read."""
    if entry.action in TELL_OF_KEYS and not may(account, "keys"):
        return msgspec.structs.replace(entry, text="")
    if catalogue_setting(entry.subject) is None or may_read_key(account, entry.subject):
        return entry
    return msgspec.structs.replace(entry, old=None, new=None, text="")


def session_for(account: str, session: SessionInfo) -> SessionInfo:
    """Somebody's session as the account may see it: without the public key that it was opened with."""
    return session if may(account, "keys") else msgspec.structs.replace(session, key="")


def origin_text(origin: Origin) -> str:
    """Where somebody comes from, in one line."""
    return f"{origin.kind} {origin.address}".strip()
