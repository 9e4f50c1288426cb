"""Restarting the station and what a restart can carry out, as values."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

RestartWhen = Literal["if_free", "now", "when_free"]
"""While a charge is open: refuse (Busy), end it with its record, or wait until none is."""

RestartPurpose = Literal["restart", "factory_reset", "personal_data", "firmware"]


class WaitingRestart(msgspec.Struct, frozen=True, kw_only=True):
    """A restart that waits until no charge is open: what for, who asked for it, from where and when.

    It is gone with the run of the station that it was asked of.
    """

    purpose: RestartPurpose
    account: str
    origin: str
    since: datetime
