"""What is known of a socket-outlet: what its board reads, and what it was told."""

from __future__ import annotations

from core.charge_points.hardware import Board, Offer, Readings
from core.charge_points.rules import PointRules
from core.charge_points.states import EvState


class SocketOutlet:
    """A board with its rules; `readings` are None while it is silent, `offer` until it was told one."""

    def __init__(self, board: Board, rules: PointRules) -> None:
        self.board = board
        self.rules = rules
        self.readings: Readings | None = None
        self.ev = EvState.A
        self.vehicle = False
        self.offer: Offer | None = None

    @property
    def cable(self) -> bool:
        """A cable is plugged in, or a vehicle is on the attached one."""
        if self.rules.attached:
            return self.vehicle
        return self.readings is not None and self.readings.proximity is not None

    @property
    def locked_by_key(self) -> bool:
        return (
            self.rules.key_lock and self.readings is not None and self.readings.inputs.get("key_lock", False)
        )

    @property
    def offered(self) -> float:
        return 0.0 if self.offer is None else self.offer.current

    @property
    def flowing(self) -> bool:
        return self.offer is not None and self.offer.closed

    @property
    def phases(self) -> int:
        """Phases of the charge: as the board knows, else as the socket has."""
        known = self.readings.phases if self.readings is not None else None
        return min(known or self.rules.phases, self.rules.phases)

    @property
    def lines(self) -> frozenset[int]:
        """The network phases (1..3) that its charge loads, as its contactor is wired."""
        return frozenset(self.rules.lines[: self.phases])

    @property
    def drawn(self) -> float | None:
        """A of the strongest phase; None where it is not measured, and while its board is silent."""
        current = None if self.readings is None else self.readings.current
        return None if current is None else max(current)
