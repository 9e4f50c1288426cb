"""The driver that a hardware profile names."""

from __future__ import annotations

from core.network.driver import NetworkDriver
from core.network.iproute import IpNetwork
from core.network.networkd import NetworkdNetwork
from core.network.simulated import SimulatedNetwork
from core.profile import HardwareProfile


def make_network_driver(profile: HardwareProfile) -> NetworkDriver:
    """Make it; nothing is applied yet."""
    port = profile.network
    match port.driver:
        case "ip":
            return IpNetwork(port.interface, port.resolv_conf)
        case "networkd":
            return NetworkdNetwork(port.interface, port.folder)
    return SimulatedNetwork()
