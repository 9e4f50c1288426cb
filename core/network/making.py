"""The driver that a hardware profile names."""

from __future__ import annotations

from core.network.driver import NetworkDriver
from core.network.iproute import IpNetwork
from core.network.networkd import NetworkdNetwork
from core.network.radio import RadioDriver
from core.network.simulated import SimulatedNetwork
from core.profile import HardwareProfile, NetworkPort


def make_network_driver(profile: HardwareProfile) -> NetworkDriver:
    """Make it; nothing is applied yet."""
    port = profile.network
    driver = _for_addresses(port)
    has_radio = profile.wifi_card and port.driver != "simulated"
    return RadioDriver(port.radio, driver) if has_radio else driver


def _for_addresses(port: NetworkPort) -> NetworkDriver:
    match port.driver:
        case "ip":
            return IpNetwork(port.interface, port.resolv_conf)
        case "networkd":
            return NetworkdNetwork(port.interface, port.folder)
    return SimulatedNetwork()
