"""What is known of a socket-outlet: what its board reads, and what it was told."""

from __future__ import annotations

from core.charge_points.hardware import Board, Offer, Readings
from core.charge_points.phase_compliance import PhaseCompliance
from core.charge_points.phases_seen import PhasesSeen
from core.charge_points.rules import PointRules
from core.charge_points.states import EvState


class SocketOutlet:
    """A board with its rules; `readings` are None while it is silent, `offer` until it was told one."""

    def __init__(self, board: Board, rules: PointRules) -> None:
        self.board = board
        self.rules = rules
        self.readings: Readings | None = None
        self.was_seen = False
        self.ev = EvState.A
        self.vehicle = False
        self.offer: Offer | None = None
        self.phases_seen = PhasesSeen()
        self.compliance = PhaseCompliance()

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
        """Phases of the charge: as the board knows or the power meter has seen, else as the socket has."""
        return min(self.known_phases or self.rules.phases, self.rules.phases)

    @property
    def known_phases(self) -> int | None:
        """Phases that vehicle and cable connect, by board or power meter; None while neither knows."""
        return self._connected or self.phases_seen.found

    @property
    def lines(self) -> frozenset[int]:
        """The network phases (1..3) that its charge may load, as its contactor is wired.

        Those that only the power meter sees without current count: the vehicle could still load them.
        """
        return frozenset(self.wired)

    @property
    def wired(self) -> tuple[int, ...]:
        """Those phases in the order of the contactor's terminals; a single-phase charge loads the first."""
        return self.rules.lines[: min(self._connected or self.rules.phases, self.rules.phases)]

    @property
    def _connected(self) -> int | None:
        return None if self.readings is None else self.readings.phases
