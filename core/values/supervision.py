"""What is known of the link to the supervision: its state, when it was heard, its last messages."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from core.values.publication import ConnectionTest

LinkState = Literal["off", "connecting", "waiting", "booting", "pending", "rejected", "connected"]


class SeenMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message that went over the link; `said` is the code of an error."""

    time: datetime
    way: Literal["out", "in"]
    kind: Literal["call", "result", "error", "malformed"]
    action: str
    id: str
    said: str = ""


class SupervisionStatus(msgspec.Struct, frozen=True, kw_only=True):
    """The link at this moment.

    `url` is complete, with the identity; of the server (`primary` or `secondary`) that is used or tried.
    `heard` is when anything came over the link last; `retry` when it is tried again. `step` and `said` tell
    where the last try ended and why. `clock_offset_s` is the central system's time less the station's: the
    clock never follows it. `waiting` counts the facts of transactions that are not delivered yet.
    `messages` are the last ones, newest first.
    """

    protocol: str
    state: LinkState
    url: str = ""
    server: str = ""
    encrypted: bool = False
    heard: datetime | None = None
    retry: datetime | None = None
    step: str = ""
    said: str = ""
    clock_offset_s: float | None = None
    waiting: int = 0
    messages: tuple[SeenMessage, ...] = ()
    test: ConnectionTest | None = None
