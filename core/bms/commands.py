"""The commands of register 150, and the handshake by which a client knows what became of one."""

from __future__ import annotations

from enum import IntEnum

REFUSED = 0x8000
"""Register 20 reads this when the last command could not be done."""


class Command(IntEnum):
    """Orders for a charge point.

    Up to `AVAILABLE` they are the map that energy managers know of this family; those above are
    additions, for the states that the guide names and the map has no command for.
    """

    ACKNOWLEDGE = 0
    FORCE_STOP = 3
    SUSPEND = 4
    RESTART = 5
    UNAVAILABLE = 6
    AVAILABLE = 34
    POSTPONE = 40
    END_POSTPONE = 41
    MAINTENANCE = 42
    END_MAINTENANCE = 43
    BOOK = 44
    CANCEL_BOOKING = 45


class Handshake:
    """One a charge point: a command stands in register 20 until the client acknowledges it with 0."""

    def __init__(self) -> None:
        self.answer = 0

    def is_repeated(self, command: Command) -> bool:
        """The client asks again for what was done, because the answer has not reached it."""
        return self.answer == command

    @property
    def is_busy(self) -> bool:
        """A command has not been acknowledged yet."""
        return self.answer != 0

    def done(self, command: Command, accepted: bool) -> None:
        """Show what became of a command."""
        self.answer = int(command) if accepted else REFUSED

    def acknowledge(self) -> None:
        """The client has seen it."""
        self.answer = 0
