"""Settings of Configuration, Network."""

from __future__ import annotations

from core.values.setting import Exists, Right, Setting, TakesEffect, TextKind

NO_ADDRESS = "0.0.0.0"  # noqa: S104 - an address that means none; nothing listens on it
IPV4 = TextKind(max_length=15, form="ipv4", required=True)

NETWORK = (
    Setting(
        key="network.mac_address",
        tab="configuration",
        sub_tab="network",
        label="MAC address",
        help="The hardware address of the station's Ethernet port. Change it only if your network "
        "manager asks for it; no two devices on a network may have the same.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=TextKind(max_length=17, form="mac", required=True),
        factory_from="mac_address",
        takes_effect=TakesEffect.RESTART,
    ),
    Setting(
        key="network.ip_address",
        tab="configuration",
        sub_tab="network",
        label="IP address",
        help="Address of charge point 1; charge point 2 takes the next one, a Wi-Fi card has the one before. "
        "Make sure that all of them are free on the network, and write the new address down.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=IPV4,
        factory="192.168.0.102",
    ),
    Setting(
        key="network.ip_address_2",
        tab="configuration",
        sub_tab="network",
        label="IP address of charge point 2",
        help="Always the address after that of charge point 1; it follows by itself.",
        admin=Right.READ,
        user=Right.READ,
        kind=IPV4,
        factory="192.168.0.103",
        exists=Exists(needs=("two_points",)),
        computed=True,
    ),
    Setting(
        key="network.subnet_mask",
        tab="configuration",
        sub_tab="network",
        label="Subnet mask",
        help="Which part of the address all devices of the network share. "
        "The commissioning computer must be in the same subnet as the station.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=TextKind(max_length=15, form="netmask", required=True),
        factory="255.255.255.0",
    ),
    Setting(
        key="network.default_gateway",
        tab="configuration",
        sub_tab="network",
        label="Default gateway",
        help="Address of the router or modem towards the Internet (192.168.0.254 for the modem as delivered; "
        "with a Wi-Fi card, the access point). 0.0.0.0 means none.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=IPV4,
        factory=NO_ADDRESS,
    ),
    Setting(
        key="network.dns_preferred",
        tab="configuration",
        sub_tab="network",
        label="Preferred DNS server",
        help="Turns server names into addresses. Needed as soon as a time server, supervision or publication "
        "server is given by name. 0.0.0.0 means none.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=IPV4,
        factory=NO_ADDRESS,
    ),
    Setting(
        key="network.dns_other",
        tab="configuration",
        sub_tab="network",
        label="Other DNS server",
        help="Asked when the preferred DNS server does not answer. 0.0.0.0 means none.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=IPV4,
        factory=NO_ADDRESS,
    ),
)
