"""Power meters as Live status and the Meters page show them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

MeterState = Literal["none", "waiting", "answering", "silent", "not_found"]


class MeterStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Where the energy of a charge point comes from, and how its meter is.

    `source`: `internal_ct` or the model of the meter. `state`: `none` without a meter, `waiting` until it was
    asked often enough, `not_found` where it never answered, `silent` where it did before. `words` for an
    electrician. `place` where it is asked. `frequency` Hz. `energy_wh` of its own register.
    """

    source: str = "internal_ct"
    state: MeterState = "none"
    words: str = ""
    place: str = ""
    unit: int | None = None
    serial: str = ""
    firmware: str = ""
    frequency: float | None = None
    energy_wh: int | None = None
    answered: datetime | None = None
