"""The station's network as it is, and a change of it that is on trial."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from core.values.settings import Change

CONFIRM_WITHIN_S = 120
"""How long a change waits for its confirmation unless it says otherwise."""
SHORTEST_TRIAL_S, LONGEST_TRIAL_S = 10, 3600


class NetworkCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One look at a network that was just applied; `ok` None where it could not be found out."""

    name: Literal["wifi", "link", "address", "gateway", "dns"]
    ok: bool | None
    said: str


class NetworkTrial(msgspec.Struct, frozen=True, kw_only=True):
    """A change that comes back by itself unless it is confirmed.

    `address` is where the station answers now, `old_address` where it answers again after the trial.
    `seconds_left` of `confirm_within_s`. `why_not` says why this session may not confirm; empty: it may.
    """

    changes: tuple[Change, ...]
    address: str
    old_address: str
    account: str
    origin: str
    session: int
    seconds_left: int
    confirm_within_s: int
    applied: bool
    why_not: str
    checks: tuple[NetworkCheck, ...] = ()


class NetworkStatus(msgspec.Struct, frozen=True, kw_only=True):
    """`saved` and `in_force` by settings key, without secrets; they differ while a change is on trial.

    `problem` says why the driver could not do what is in force; empty: it has done it.
    """

    driver: str
    interface: str
    saved: Mapping[str, str]
    in_force: Mapping[str, str]
    problem: str = ""
    trial: NetworkTrial | None = None
