"""The calls on the network: how it stands, changing it on trial, confirming, taking back."""

from __future__ import annotations

from collections.abc import Mapping

from core.api import ChangeOutcome, NetworkStatus
from core.caller import Caller, finished
from core.errors import Invalid
from core.network.addressing import is_network_key
from core.values.network import CONFIRM_WITHIN_S, LONGEST_TRIAL_S, SHORTEST_TRIAL_S
from core.values.setting import Value


class NetworkCalls(Caller):
    """The part of `api.Station` that is about the network."""

    async def network(self) -> NetworkStatus:
        self._may("network")
        return self._parts.network.status(self._session)

    async def change_network(
        self,
        changes: Mapping[str, Value],
        *,
        confirm_within_s: int = CONFIRM_WITHIN_S,
        dry_run: bool = False,
    ) -> ChangeOutcome:
        self._may_change("change_network")
        if not SHORTEST_TRIAL_S <= confirm_within_s <= LONGEST_TRIAL_S:
            raise Invalid(
                "The time to confirm must be {shortest} to {longest} s, got {got}",
                shortest=SHORTEST_TRIAL_S,
                longest=LONGEST_TRIAL_S,
                got=confirm_within_s,
            )
        for key in changes:
            if not is_network_key(key):
                raise Invalid("{name}: is no setting of the network", key=key[:80], name=key[:80])
        return await finished(
            self._parts.network.change(
                changes,
                actor=self._actor,
                session=self._session,
                dry_run=dry_run,
                confirm_within_s=confirm_within_s,
            )
        )

    async def confirm_network(self) -> NetworkStatus:
        self._may_change("change_network")
        await finished(self._parts.network.confirm(actor=self._actor, session=self._session))
        return self._parts.network.status(self._session)

    async def revert_network(self) -> NetworkStatus:
        self._may_change("change_network")
        await finished(self._parts.network.revert(actor=self._actor, session=self._session))
        return self._parts.network.status(self._session)

    async def extend_network_trial(self) -> NetworkStatus:
        self._may_change("change_network")
        await finished(self._parts.network.extend())
        return self._parts.network.status(self._session)
