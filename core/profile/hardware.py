"""The values of a hardware profile."""

from __future__ import annotations

import hashlib
import ipaddress
from typing import Literal

import msgspec

from core.values.hardware import has_fact

Family = Literal["parking", "city", "wallbox"]
SocketType = Literal["T2", "T3", "TE", "T2-TE", "T1"]

DOMESTIC_CURRENT = 10
"""A; what a type E domestic socket-outlet carries."""


class Socket(msgspec.Struct, frozen=True, kw_only=True):
    """A charge point's socket-outlet or attached cable; `rated_current` in A per phase."""

    type: SocketType
    cable: Literal["attached", "socket-outlet"]
    phases: Literal[1, 3]
    rated_current: int = 32

    @property
    def rated_label(self) -> str:
        """The rated current in words: `32 A (T2), 10 A (TE)` where two outlets differ."""
        if self.type == "T2-TE":
            return f"{self.rated_current} A (T2), {DOMESTIC_CURRENT} A (TE)"
        return f"{self.rated_current} A"


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What the station is by its rating plate; the report shows it."""

    commercial_reference: str = ""
    factory_code: str = ""
    production_date: str = ""
    production_revision: str = ""
    batch_number: str = ""
    unique_identifier: str = ""
    product_id: str = ""
    serial_number_part_1: str = ""
    serial_number_part_2: str = ""

    @property
    def serial_number(self) -> str:
        """Both parts in one, as charge records name the station."""
        return self.serial_number_part_1 + self.serial_number_part_2


class DriverLink(msgspec.Struct, frozen=True, kw_only=True):
    """How a real part is reached: a driver's name and, where it needs one, its link (`tcp://…`, `serial://…`)."""

    driver: str = "simulated"
    link: str = ""


class RadioPort(msgspec.Struct, frozen=True, kw_only=True):
    """The radio of a Wi-Fi card: its name on the machine, and how its wpa_supplicant is told.

    `file` is what that reads, `control` the folder of its socket, `country` where the radio is (two letters;
    empty: not said).
    """

    interface: str
    file: str
    control: str
    country: str = ""


class NetworkPort(msgspec.Struct, frozen=True, kw_only=True):
    """The station's Ethernet port: its driver and the name that the machine has for it.

    `resolv_conf` is the file for name servers that the driver `ip` writes, empty for none; `folder` is where
    the driver `networkd` writes. Without `radio` nobody is handed the wireless network.
    """

    driver: str = "simulated"
    interface: str = ""
    resolv_conf: str = ""
    folder: str = "/etc/systemd/network"
    radio: RadioPort | None = None


Subnet = ipaddress.IPv4Network | ipaddress.IPv6Network


class HardwareProfile(msgspec.Struct, frozen=True, kw_only=True):
    """The station as it left the factory.

    `name` is what screens call the station. `supply_current` is A per phase that the supply carries.
    `sockets` and `boards` have one entry a charge point; `meters` one for all or one a charge point.
    `firmware_keys` are the Ed25519 public keys, in base64, whose packages the station takes.
    `bms_clients`: who may come over the building's Modbus; none: the station's own subnet.
    """

    name: str
    family: Family
    charge_points: int
    rfid_reader: bool
    key_lock: bool
    wifi_card: bool
    modem: bool
    supply_current: int
    sockets: tuple[Socket, ...]
    identity: Identity
    boards: tuple[DriverLink, ...]
    reader: DriverLink
    meters: tuple[DriverLink, ...]
    network: NetworkPort
    clock: DriverLink
    firmware_keys: tuple[str, ...] = ()
    bms_clients: tuple[Subnet, ...] = ()

    def has(self, fact: str) -> bool:
        """True when the fact holds: `rfid_reader`, `key_lock`, `wifi_card`, `modem`, `two_points`."""
        return has_fact(self, fact)

    def socket(self, point: int) -> Socket:
        """The socket of charge point `point`, 1 or 2."""
        return self.sockets[point - 1]

    def meter(self, point: int) -> DriverLink:
        """The meter link of charge point `point`."""
        return self.meters[min(point, len(self.meters)) - 1]

    @property
    def simulated_board(self) -> bool:
        return any(board.driver == "simulated" for board in self.boards)

    @property
    def mac_address(self) -> str:
        """The factory's hardware address, made of the serial number: locally administered."""
        tail = hashlib.sha256(self.identity.serial_number.encode()).digest()[:5]
        return ":".join(f"{byte:02X}" for byte in (0x02, *tail))
