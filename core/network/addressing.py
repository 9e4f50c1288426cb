"""What a driver is to bring about: every address of the station, worked out from the settings."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network

import msgspec

from core.profile import HardwareProfile

NONE = "0.0.0.0"  # noqa: S104 - an address that means none; nothing listens on it
MAC = "network.mac_address"
SECTIONS = ("network.", "wifi.")


def is_network_key(key: str) -> bool:
    """True for the settings that decide how the station is reached."""
    return key.startswith(SECTIONS)


def is_tried(key: str) -> bool:
    """True for those that go on trial: the hardware address is followed from the next start on."""
    return is_network_key(key) and key != MAC


class Wireless(msgspec.Struct, frozen=True, kw_only=True):
    """The wireless network that the Wi-Fi card joins; an empty `ssid`: none."""

    ssid: str
    security: str
    passphrase: str


class Addressing(msgspec.Struct, frozen=True, kw_only=True):
    """`addresses` begins with that of charge point 1; `prefix` is the mask's length in bits.

    `gateway` and `mac` are empty for none and for the port's own hardware address.
    """

    addresses: tuple[str, ...]
    prefix: int
    gateway: str = ""
    name_servers: tuple[str, ...] = ()
    mac: str = ""
    wireless: Wireless | None = None

    @property
    def station(self) -> str:
        return self.addresses[0]

    @property
    def with_prefix(self) -> tuple[str, ...]:
        return tuple(f"{address}/{self.prefix}" for address in self.addresses)


def addressing(profile: HardwareProfile, value: Callable[[str], str]) -> Addressing:
    """Charge points A and A+1, the Wi-Fi card A-1 (guide, Network); `value` gives a setting's text."""
    first = IPv4Address(value("network.ip_address"))
    offsets = [*range(profile.charge_points), *([-1] if profile.wifi_card else [])]
    mac, gateway = value(MAC), value("network.default_gateway")
    servers = (value("network.dns_preferred"), value("network.dns_other"))
    return Addressing(
        addresses=tuple(str(first + offset) for offset in offsets),
        prefix=IPv4Network((0, value("network.subnet_mask"))).prefixlen,
        gateway="" if gateway == NONE else gateway,
        name_servers=tuple(server for server in servers if server != NONE),
        mac="" if mac == profile.mac_address else mac,
        wireless=_wireless(value) if profile.wifi_card else None,
    )


def _wireless(value: Callable[[str], str]) -> Wireless:
    return Wireless(
        ssid=value("wifi.ssid"), security=value("wifi.security"), passphrase=value("wifi.passphrase")
    )
