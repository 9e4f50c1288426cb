"""Settings that follow from others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import IPv4Address

from core.values.setting import Value


def second_address(values: Mapping[str, Value]) -> Value:
    """The address of charge point 2: the one after that of charge point 1."""
    first = IPv4Address(str(values["network.ip_address"]))
    return str(IPv4Address((int(first) + 1) % 2**32))


COMPUTED: Mapping[str, Callable[[Mapping[str, Value]], Value]] = {"network.ip_address_2": second_address}
