"""An error as it came and went."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

MOST_ERROR_RECORDS = 1_000
"""The newest so many are kept, and at most so many are told at once."""


class ErrorRecord(msgspec.Struct, frozen=True, kw_only=True):
    """An error of the station or of one charge point (`point`; None: of the whole station).

    `name` as Live status shows it, `cause`: what was found last. `raised` is its first time of `times`: an
    error that comes back within ten minutes is the same one. `cleared` is None while it lasts; `ended` says
    what ended it: its cause is gone, or the station restarted while it lasted.
    """

    number: int
    error: int
    name: str
    point: int | None
    cause: str
    raised: datetime
    cleared: datetime | None
    times: int
    ended: Literal["", "cause_gone", "restart"]


class ErrorQuery(msgspec.Struct, frozen=True, kw_only=True):
    """The newest `last` (1..1000), of one `error` number or one charge point where given."""

    last: int = 100
    error: int | None = None
    point: int | None = None
