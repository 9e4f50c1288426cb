"""Asks a device on the station's own network whether it is there, without rights of its own."""

from __future__ import annotations

import asyncio
import contextlib
import errno
from pathlib import Path

PORT = 80
"""Whether the modem's own pages are there does not matter: a refusal is an answer too."""

PATIENCE_S = 3.0
NEIGHBOURS = Path("/proc/net/arp")
KNOWN = 0x2
"""Flag of a neighbour whose hardware address is known."""

GONE = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN})


async def why_silent(address: str, *, port: int = PORT, neighbours: Path = NEIGHBOURS) -> str:
    """Why the device at this IPv4 address does not answer, in words; "" where it does.

    One that keeps silent on the port counts as there while the machine knows its hardware address.
    """
    try:
        async with asyncio.timeout(PATIENCE_S):
            _reader, writer = await asyncio.open_connection(address, port)
    except ConnectionRefusedError:
        return ""
    except TimeoutError:
        return "" if is_neighbour(_read(neighbours), address) else f"{address} does not answer"
    except OSError as fault:
        if fault.errno in GONE:
            return f"{address} cannot be reached"
        return f"{address} cannot be asked: {fault.strerror or fault}"
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return ""


def is_neighbour(table: str, address: str) -> bool:
    """The table of neighbours, as Linux writes it, has a hardware address for this one."""
    rows = (line.split() for line in table.splitlines()[1:])
    return any(len(row) >= 4 and row[0] == address and _flags(row[2]) & KNOWN for row in rows)


def _flags(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
