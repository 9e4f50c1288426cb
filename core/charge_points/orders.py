"""What systems outside have ordered for a charge point, until they take it back."""

from __future__ import annotations

import msgspec

from core.values.outside import Outsider


class Orders(msgspec.Struct, frozen=True, kw_only=True):
    """Orders that last.

    `unavailable`: the systems for which it is out of service; `maintenance`: somebody works at it. Both wait
    for the end of a charge that is open. `suspended`: the charge that is open gets no current; `postponed`:
    no charge does.
    """

    unavailable: frozenset[Outsider] = frozenset()
    maintenance: bool = False
    suspended: bool = False
    postponed: bool = False

    @property
    def out_of_service(self) -> bool:
        return bool(self.unavailable) or self.maintenance

    def available(self, on: bool, origin: Outsider) -> Orders:
        """Put into service, or out of it, by one system; the others' word stands."""
        changed = self.unavailable - {origin} if on else self.unavailable | {origin}
        return msgspec.structs.replace(self, unavailable=changed)

    def without(self, origin: Outsider) -> Orders:
        """These orders without those of one system."""
        if origin == "plc":
            return Orders(unavailable=self.unavailable - {origin})
        return msgspec.structs.replace(self, unavailable=self.unavailable - {origin})
