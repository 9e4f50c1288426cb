"""A network that is only acted: the machine's own stays as it is."""

from __future__ import annotations

from core.network.addressing import Addressing
from core.values.network import NetworkCheck

SAID = "not looked at: the network of this station is simulated"


class SimulatedNetwork:
    """Takes everything; sessions come in by the machine's own network, whatever is set here."""

    proves_the_way = False

    def __init__(self) -> None:
        self.applied: Addressing | None = None

    async def apply(self, wanted: Addressing) -> None:
        self.applied = wanted

    async def check(self, applied: Addressing) -> tuple[NetworkCheck, ...]:
        link = NetworkCheck(name="link", ok=None, said=f"Link: {SAID}")
        if applied.wireless is None or not applied.wireless.ssid:
            return (link,)
        said = f"would join {applied.wireless.ssid}; {SAID}"
        return (NetworkCheck(name="wifi", ok=None, said=f"Wi-Fi: {said}"), link)
