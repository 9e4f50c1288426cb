"""Where a power meter on the network is asked, by the settings of its charge point."""

from __future__ import annotations

PORT = 502
"""The registered port of Modbus TCP."""


def neighbour(address: str, number: int) -> str:
    """The IPv4 address with this last byte beside `address`."""
    return f"{address.rpartition('.')[0]}.{number}"


def network_place(own_address: str, gateway: int) -> str:
    """The address that a gateway address (130..162) comes to in the station's own subnet, with its port."""
    return f"{neighbour(own_address, gateway)} port {PORT}"
