"""How long a server is waited for."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds: for one answer, for the answer to the whole content, for sending or testing in all."""

    answer_s: float = 20.0
    taken_s: float = 120.0
    whole_s: float = 300.0
