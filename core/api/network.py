"""The part of the seam that is about the network: how it is set, and changes of it on trial."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from core.values.network import CONFIRM_WITHIN_S, NetworkStatus
from core.values.setting import Value
from core.values.settings import ChangeOutcome


class NetworkStation(Protocol):
    """What an account may ask of the network, as `api.Station` does."""

    async def network(self) -> NetworkStatus:
        """How the network is set, and the change that is on trial."""

    async def change_network(
        self,
        changes: Mapping[str, Value],
        *,
        confirm_within_s: int = CONFIRM_WITHIN_S,
        dry_run: bool = False,
    ) -> ChangeOutcome:
        """Put settings of the network and of Wi-Fi in force on trial for 10..3600 s.

        They are saved when somebody confirms them from a new session at the new address, from a serial line
        or on the machine; else the saved ones come back after that time, and when the station starts again.
        The hardware address is no part of the trial: it is saved, and followed from the next start on.
        Raises Invalid, Busy while another change is on trial.
        """

    async def confirm_network(self) -> NetworkStatus:
        """Save what is on trial. Raises NotFound without one, NotAllowed where the session proves nothing."""

    async def revert_network(self) -> NetworkStatus:
        """Take what is on trial back now. Raises NotFound without a trial, TryLater when it does not work."""

    async def extend_network_trial(self) -> NetworkStatus:
        """Give the trial its whole time again from now on. Raises NotFound without one."""
