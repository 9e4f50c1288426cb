"""Settings as an account sees them, and what saving them does."""

from __future__ import annotations

from typing import Literal

import msgspec

from core.errors import Problem
from core.values.setting import Choice, ShownWhen, Value


class SettingView(msgspec.Struct, frozen=True, kw_only=True):
    """A setting as this account sees it, with everything a form needs.

    `maximum` is the limit in force now. `value` is None for secrets; `set` says whether there is one.
    `running` is what the station follows until its restart, where that differs from `value`; with
    `on_trial` it follows it until that is confirmed or comes back.
    `shown` is the value in words where that is more than value and unit.
    `relevant` is False while another setting makes it idle: one of `shown_when` does not hold.
    `writable` is for this account.
    """

    key: str
    tab: str
    sub_tab: str
    label: str
    help: str
    admin: str
    user: str
    kind: Literal["choice", "toggle", "number", "text", "secret"]
    form: str = ""
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    max_length: int | None = None
    required: bool = False
    unit: str = ""
    factory: Value | None
    value: Value | None
    set: bool = True
    running: Value | None = None
    on_trial: bool = False
    takes_effect: Literal["now", "next_session", "restart"]
    writable: bool
    shown: str = ""
    relevant: bool = True
    shown_when: tuple[ShownWhen, ...] = ()
    computed: bool = False


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A setting that changes or changed; values are None for secrets."""

    key: str
    label: str
    old: Value | None
    new: Value | None
    takes_effect: Literal["now", "next_session", "restart"]


class ChangeOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What saving did, or would do (`saved` False after a dry run).

    `confirm_within_s`: changes of the network are not saved but on trial, for so long; 0: none is.
    `problems` is only filled by a dry run; a real save raises `Invalid` with them.
    """

    changes: tuple[Change, ...]
    restart_needed: bool
    saved: bool
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    confirm_within_s: int = 0
