"""What each account may do with a setting, by the guide's columns."""

from __future__ import annotations

from core.values.setting import Right, Setting

RIGHTS_OF_ADMIN = ("admin", "local")
"""The machine's own commands have the administrator's rights."""


def right(setting: Setting, account: str) -> Right:
    """The right of an account; none for an account that there is not."""
    if account in RIGHTS_OF_ADMIN:
        return setting.admin
    return setting.user if account == "user" else Right.NONE


def may_read(setting: Setting, account: str) -> bool:
    return right(setting, account) is not Right.NONE


def may_write(setting: Setting, account: str) -> bool:
    """False also for what is computed from other settings."""
    return right(setting, account) is Right.READ_WRITE and not setting.computed
