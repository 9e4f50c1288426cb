"""What a driver reads of its board in one round."""

from __future__ import annotations

import msgspec

from core.charge_points.hardware import Phases


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a board's readings that its driver knows; the rest no real board here can tell.

    `relay`: True while it is closed; None where the board does not tell, or where it is not to be judged.
    The other fields are those of `Readings`.
    """

    pilot: float
    modulated: bool = False
    diode_ok: bool = True
    proximity: float | None = None
    current: Phases | None = None
    relay: bool | None = None
    most: float | None = None
    built_for: float | None = None
    reported: frozenset[int] = frozenset()
