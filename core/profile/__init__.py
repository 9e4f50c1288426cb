"""The hardware profile: what was fixed at the factory and is not a setting."""

from core.profile.hardware import DriverLink, HardwareProfile, Identity, NetworkPort, RadioPort, Socket
from core.profile.reading import SHIPPED, load_profile, parse_profile

__all__ = [
    "SHIPPED",
    "DriverLink",
    "HardwareProfile",
    "Identity",
    "NetworkPort",
    "RadioPort",
    "Socket",
    "load_profile",
    "parse_profile",
]
