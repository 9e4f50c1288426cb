"""What the station answers when it does not do what it was asked.

The tree::

    StationError
    ├── Invalid            a value, a file or several settings at once are not acceptable
    ├── NotAllowed         the account may not do this
    │   ├── LogInRefused   wrong user name or password, or too many tries
    │   └── PasswordMustChange  the factory password only serves to set a new one
    ├── Busy               somebody else is at it
    │   └── Conflict       a setting changed under an unsaved edit
    ├── NotFound           no such setting, charge point, record or session
    └── TryLater           the station restarts, or cannot be reached now
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong, in the words of its range.

    `template` and `values` give `message`; a screen may translate the template first.
    `key` is the setting it belongs to, where there is one.
    """

    template: str
    values: dict[str, str] = {}
    key: str | None = None

    @property
    def message(self) -> str:
        return self.template.format(**self.values)


class StationError(Exception):
    """Base of everything that the station refuses; speaks to an electrician."""

    code: ClassVar[str] = "error"

    def __init__(
        self,
        template: str,
        *,
        key: str | None = None,
        problems: Sequence[Problem] = (),
        details: Mapping[str, str] | None = None,
        **values: object,
    ) -> None:
        self.template = template
        self.values = {name: str(value) for name, value in values.items()}
        self.key = key
        self.problems = tuple(problems)
        self.details = dict(details or {})
        super().__init__(template)

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        return self.template.format(**self.values)


class Invalid(StationError):
    """A value is outside its range; `problems` has one entry for each fault found."""

    code = "invalid"

    @classmethod
    def from_problems(cls, problems: Sequence[Problem]) -> Invalid:
        first = problems[0]
        error = cls(first.template, key=first.key, problems=problems)
        error.values = dict(first.values)
        return error


class NotAllowed(StationError):
    code = "not_allowed"


class LogInRefused(NotAllowed):
    """Log-in refused; `details["wait_s"]` says for how many seconds further tries are refused."""

    code = "log_in_refused"


class PasswordMustChange(NotAllowed):
    code = "password_must_change"


class Busy(StationError):
    code = "busy"


class Conflict(Busy):
    """A setting was changed by somebody else since it was read.

    `details` maps each key to the value that the station holds now.
    """

    code = "conflict"


class NotFound(StationError):
    code = "not_found"


class TryLater(StationError):
    code = "try_later"


class StorageFull(TryLater):
    """Nothing can be stored now: the disk is full or refuses to write. Nothing was changed."""

    code = "storage_full"


ERRORS_BY_CODE: Mapping[str, type[StationError]] = {
    kind.code: kind
    for kind in (
        Invalid,
        NotAllowed,
        LogInRefused,
        PasswordMustChange,
        Busy,
        Conflict,
        NotFound,
        TryLater,
        StorageFull,
    )
}
