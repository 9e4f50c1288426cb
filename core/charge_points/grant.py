"""The leave to charge that somebody was given."""

from __future__ import annotations

import msgspec

GRANT_SECONDS = 60.0
"""s; within this time a vehicle must be plugged in, or the leave is let go."""


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """Leave to charge until an elapsed time; `uid` is empty after a remote command."""

    uid: str
    comment: str
    until: float
