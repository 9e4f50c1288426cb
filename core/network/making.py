"""The driver that a hardware profile names."""

from __future__ import annotations

from core.errors import Invalid
from core.network.driver import NetworkDriver
from core.network.iproute import IpNetwork
from core.network.simulated import SimulatedNetwork
from core.profile import HardwareProfile


def make_network_driver(profile: HardwareProfile) -> NetworkDriver:
    """Make it; nothing is applied yet. Raises Invalid for a driver that is not there."""
    if profile.network.driver == "simulated":
        return SimulatedNetwork()
    if profile.network.driver == "ip":
        return IpNetwork(profile.network.interface, profile.network.resolv_conf)
    raise Invalid("network.driver: {name} is not in this version", name=profile.network.driver)
