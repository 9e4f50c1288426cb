"""The driver `networkd`: writes the port's file for systemd-networkd and lets it be read again."""

from __future__ import annotations

import asyncio
from pathlib import Path

from core.files import atomic_write
from core.network.addressing import Addressing
from core.network.driver import NotApplied
from core.network.iproute import differences, port_state
from core.network.looking import look
from core.network.running import run
from core.values.network import NetworkCheck


def network_file(port: str, wanted: Addressing) -> str:
    """The `.network` file (systemd.network(5)): fixed addresses only, nothing asked of others."""
    lines = ["# Written by evtty, which writes it anew at each start.", "[Match]", f"Name={port}"]
    if wanted.mac:
        lines += ["", "[Link]", f"MACAddress={wanted.mac}"]
    lines += ["", "[Network]", "DHCP=no", "ConfigureWithoutCarrier=yes"]
    lines += [f"Address={each}" for each in wanted.with_prefix]
    if wanted.gateway:
        lines.append(f"Gateway={wanted.gateway}")
    lines += [f"DNS={server}" for server in wanted.name_servers]
    return "\n".join([*lines, ""])


LOOKS, BETWEEN_LOOKS_S = 50, 0.1


class NetworkdNetwork:
    """Owns the file of the port `port` in `folder`; needs the right to write there and to ask networkd."""

    proves_the_way = True

    def __init__(self, port: str, folder: str) -> None:
        self._port = port
        self._file = Path(folder) / f"05-evtty-{port}.network"

    async def apply(self, wanted: Addressing) -> None:
        try:
            is_new = await asyncio.to_thread(self._write, network_file(self._port, wanted).encode())
        except OSError as fault:
            raise NotApplied(f"{self._file} cannot be written: {fault.strerror}") from None
        await run("networkctl", "reload")
        if not is_new and await self._missing(wanted):
            # A reload passes over what it has read already, whatever became of the port since.
            await run("networkctl", "reconfigure", self._port)
        await self._wait_for(wanted)

    def _write(self, content: bytes) -> bool:
        if self._file.exists() and self._file.read_bytes() == content:
            return False
        atomic_write(self._file, content, mode=0o644)
        return True

    async def _wait_for(self, wanted: Addressing) -> None:
        """The program networkctl waits for nothing that it asks for, nor says whether it came about."""
        for _look in range(LOOKS):
            if not await self._missing(wanted):
                return
            await asyncio.sleep(BETWEEN_LOOKS_S)
        missing = ", ".join(await self._missing(wanted))
        raise NotApplied(f"systemd-networkd did not bring about {missing} on {self._port}")

    async def _missing(self, wanted: Addressing) -> list[str]:
        return differences((await port_state(self._port)).addresses, wanted.with_prefix)

    async def check(self, applied: Addressing) -> tuple[NetworkCheck, ...]:
        return await look(self._port, applied)
