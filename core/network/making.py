"""The driver that a hardware profile names."""

from __future__ import annotations

from core.network.driver import NetworkDriver
from core.network.simulated import SimulatedNetwork
from core.profile import HardwareProfile


def make_network_driver(profile: HardwareProfile) -> NetworkDriver:  # noqa: ARG001 - one driver so far
    """Make it; nothing is applied yet."""
    return SimulatedNetwork()
