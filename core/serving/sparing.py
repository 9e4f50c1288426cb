"""Keeps what systems outside do all the time from filling the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import msgspec

from core.allowance import Allowance
from core.audit import Note

OFTEN = frozenset(
    {
        "limit_changed",
        "charge_postponed",
        "charge_resumed",
        "outside_order",
        "remote_start",
        "remote_stop",
        "unlock",
        "booked",
        "booking_ended",
    }
)
"""What a system outside may cause any number of times: the oldest entries of the log would go for it."""

AT_ONCE, EVERY_SECONDS = 20, 120.0
"""So many of an action at a charge point are logged at once, then one in so many s."""


class Sparing:
    """Passes notes on; of too many the last follows as soon as it may, with how many were left out."""

    def __init__(self, log: Callable[[Note], None], elapsed: Callable[[], float]) -> None:
        self._log = log
        self._elapsed = elapsed
        self._allowed: defaultdict[tuple[str, str], Allowance] = defaultdict(
            lambda: Allowance(most=AT_ONCE, every=EVERY_SECONDS)
        )
        self._held: dict[tuple[str, str], tuple[Note, int]] = {}

    def note(self, note: Note) -> None:
        """Log it now, or hold it back."""
        if note.action not in OFTEN:
            self._log(note)
            return
        key = note.action, note.subject
        _, before = self._held.get(key, (note, 0))
        self._held[key] = note, before + 1
        self._pass(key)

    def tick(self) -> None:
        """Log what was held back for long enough."""
        for key in tuple(self._held):
            self._pass(key)

    def _pass(self, key: tuple[str, str]) -> None:
        if not self._allowed[key].take(self._elapsed()):
            return
        note, count = self._held.pop(key)
        if count > 1:
            left_out = f"the last of {count}"
            note = msgspec.structs.replace(note, text=f"{note.text}; {left_out}" if note.text else left_out)
        self._log(note)
