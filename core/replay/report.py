"""What a replay did: sessions served and refused, energy asked and delivered."""

from __future__ import annotations

import msgspec

NEAR_ENOUGH = 0.01
"""Share by which the energy delivered may differ from what was asked."""


class ReplayReport(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a replay; energy in Wh.

    `refused` and `flawed` count sessions by reason. `interrupted`: cut off by a death of the station.
    `not_fitting`: the energy asked did not fit into the time at the point's power; what fits was delivered.
    `off`: it would have fitted, and yet differs by more than 1 %.
    """

    sessions: int = 0
    served: int = 0
    refused: dict[str, int] = {}
    flawed: dict[str, int] = {}
    interrupted: int = 0
    not_fitting: int = 0
    off: int = 0
    asked_wh: int = 0
    delivered_wh: int = 0


class Tally:
    """Counts while a replay goes on."""

    def __init__(self) -> None:
        self.report = ReplayReport()

    def total(self, sessions: int) -> None:
        self.report = msgspec.structs.replace(self.report, sessions=sessions)

    def refused(self, reason: str) -> None:
        counts = self.report.refused | {reason: self.report.refused.get(reason, 0) + 1}
        self.report = msgspec.structs.replace(self.report, refused=counts)

    def flawed(self, reason: str) -> None:
        counts = self.report.flawed | {reason: self.report.flawed.get(reason, 0) + 1}
        self.report = msgspec.structs.replace(self.report, flawed=counts)

    def interrupted(self) -> None:
        self.report = msgspec.structs.replace(self.report, interrupted=self.report.interrupted + 1)

    def served(self, *, asked_wh: int, delivered_wh: int, fits: bool) -> None:
        """A session got its record; `fits`: what it asked fits into its time."""
        is_off = fits and abs(delivered_wh - asked_wh) > max(1.0, NEAR_ENOUGH * asked_wh)
        self.report = msgspec.structs.replace(
            self.report,
            served=self.report.served + 1,
            not_fitting=self.report.not_fitting + (not fits),
            off=self.report.off + is_off,
            asked_wh=self.report.asked_wh + asked_wh,
            delivered_wh=self.report.delivered_wh + delivered_wh,
        )
