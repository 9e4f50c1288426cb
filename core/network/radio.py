"""Hands the wireless network to the machine's radio, beside the driver of the addresses."""

from __future__ import annotations

import asyncio
from pathlib import Path

from core.files import atomic_write
from core.network.addressing import Addressing, Wireless
from core.network.driver import NetworkDriver, NotApplied
from core.network.running import run
from core.network.supplicant import supplicant_file
from core.profile import RadioPort
from core.values.network import NetworkCheck

LOOKS, BETWEEN_LOOKS_S = 10, 1.0
"""A radio takes some seconds to find a network, to join it and to be let in."""


class RadioDriver:
    """Implements NetworkDriver: `wired` does the addresses, wpa_supplicant (by `wpa_cli`) the radio.

    A network that the radio has is not handed to it again: it would leave it and join it anew. Without
    `radio` nobody is handed anything, which the check says.
    """

    def __init__(self, radio: RadioPort | None, wired: NetworkDriver) -> None:
        self._radio = radio
        self._wired = wired
        self._handed: Wireless | None = None
        self.proves_the_way = wired.proves_the_way

    async def apply(self, wanted: Addressing) -> None:
        if self._radio is not None and wanted.wireless is not None and wanted.wireless != self._handed:
            await self._hand(self._radio, wanted.wireless)
        await self._wired.apply(wanted)

    async def _hand(self, radio: RadioPort, wanted: Wireless) -> None:
        self._handed = None
        path, content = Path(radio.file), supplicant_file(radio, wanted).encode()
        try:
            await asyncio.to_thread(atomic_write, path, content)
        except OSError as fault:
            raise NotApplied(f"{path} cannot be written: {fault.strerror}") from None
        answer = (await _ask(radio, "reconfigure")).strip()
        if answer != "OK":
            raise NotApplied(f"wpa_supplicant does not take its new file: {answer or 'no answer'}")
        self._handed = wanted

    async def check(self, applied: Addressing) -> tuple[NetworkCheck, ...]:
        looked = self._wired.check(applied)
        if applied.wireless is None or not applied.wireless.ssid:
            return await looked
        joined, others = await asyncio.gather(_joined(self._radio), looked)
        return (joined, *others)


async def _ask(radio: RadioPort, what: str) -> str:
    return await run("wpa_cli", "-p", radio.control, "-i", radio.interface, what)


async def _joined(radio: RadioPort | None) -> NetworkCheck:
    if radio is None:
        said = "the hardware profile names no radio: name and passphrase are only kept"
        return NetworkCheck(name="wifi", ok=None, said=f"Wi-Fi: {said}")
    state = ""
    for look in range(LOOKS):
        if look:
            await asyncio.sleep(BETWEEN_LOOKS_S)
        try:
            state = state_in(await _ask(radio, "status"))
        except NotApplied as fault:
            return NetworkCheck(name="wifi", ok=None, said=f"Wi-Fi: not looked at ({fault})")
        if state == "COMPLETED":
            return NetworkCheck(name="wifi", ok=True, said="Wi-Fi: the network is joined")
    said = STATES.get(state, f"not joined ({state.lower() or 'no state told'})")
    return NetworkCheck(name="wifi", ok=False, said=f"Wi-Fi: {said}")


STATES = {
    "SCANNING": "no network of this name and security is in reach",
    "INACTIVE": "no network is set",
    "INTERFACE_DISABLED": "the radio is switched off",
    "4WAY_HANDSHAKE": "the access point does not take the passphrase",
}
"""By the state that wpa_supplicant is left in."""


def state_in(status: str) -> str:
    """The state in the answer to `wpa_cli status`; "" where it has none."""
    for line in status.splitlines():
        name, is_there, value = line.partition("=")
        if name == "wpa_state" and is_there:
            return value.strip()
    return ""
