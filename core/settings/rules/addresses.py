"""Addresses: the station's own follow one another, lie in one subnet and are nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network

from core.errors import Problem
from core.settings.rules.situation import Situation

MAC, STATION, MASK, GATEWAY, WIFI = (
    "network.mac_address",
    "network.ip_address",
    "network.subnet_mask",
    "network.default_gateway",
    "wifi.ip_address",
)
NAME_SERVERS = ("network.dns_preferred", "network.dns_other")
NONE = IPv4Address(0)
FIRST_BYTE, LAST_BYTE = 1, 254
MODEM = IPv4Address("192.168.0.254")


def subnet(situation: Situation) -> IPv4Network:
    return IPv4Network((situation.text(STATION), situation.text(MASK)), strict=False)


def own_addresses(situation: Situation) -> list[IPv4Address]:
    """Every address of the station: Wi-Fi card A-1, charge points A and A+1; fewer where the range ends."""
    first = int(IPv4Address(situation.text(STATION)))
    offsets = range(-1 if situation.exists(WIFI) else 0, situation.profile.charge_points)
    return [IPv4Address(first + offset) for offset in offsets if 0 <= first + offset < 2**32]


def is_for_a_device(address: IPv4Address) -> bool:
    """False for addresses that no single device can have."""
    return not (address.is_multicast or address.is_loopback or address.is_reserved or int(address) < 2**24)


def is_host_of(address: IPv4Address, network: IPv4Network) -> bool:
    return address in network and address not in (network.network_address, network.broadcast_address)


def station_addresses(situation: Situation) -> Iterator[Problem]:
    """X.Y.Z.[A-1], X.Y.Z.A and X.Y.Z.[A+1] must all be there to be had."""
    station, network = IPv4Address(situation.text(STATION)), subnet(situation)
    if not is_for_a_device(station):
        yield situation.problem(STATION, "{label}: {address} is not an address for a device", address=station)
        return
    lowest = FIRST_BYTE + (1 if situation.exists(WIFI) else 0)
    highest = LAST_BYTE - (situation.profile.charge_points - 1)
    if not lowest <= station.packed[3] <= highest:
        yield situation.problem(
            STATION,
            "{label}: the last number must be {lowest} to {highest}, so that the station's other addresses "
            "fit beside it; got {address}",
            lowest=lowest,
            highest=highest,
            address=station,
        )
        return
    outside = [each for each in own_addresses(situation) if not is_host_of(each, network)]
    if outside:
        yield situation.problem(
            STATION,
            "{label}: {outside} cannot be used in the subnet {network}",
            outside=", ".join(map(str, outside)),
            network=network,
        )
    if situation.profile.modem and MODEM in own_addresses(situation):
        yield situation.problem(STATION, "{label}: {address} is the modem's address", address=MODEM)


def wifi_address(situation: Situation) -> Iterator[Problem]:
    """The Wi-Fi card has the address before the station's."""
    if not situation.exists(WIFI):
        return
    wanted = own_addresses(situation)[0]
    if IPv4Address(situation.text(WIFI)) != wanted:
        yield situation.problem(
            WIFI,
            "{label}: must be {wanted}, the address before the station's own; to move both, change the "
            "station's in Network as well and save them together",
            wanted=wanted,
        )


def gateway(situation: Situation) -> Iterator[Problem]:
    """None, or another device of the subnet."""
    address, network = IPv4Address(situation.text(GATEWAY)), subnet(situation)
    if address == NONE:
        return
    if not is_host_of(address, network):
        yield situation.problem(
            GATEWAY,
            "{label}: {address} is not in the station's subnet {network}; 0.0.0.0 means none",
            address=address,
            network=network,
        )
    elif address in own_addresses(situation):
        yield situation.problem(GATEWAY, "{label}: {address} is the station's own address", address=address)


def name_servers(situation: Situation) -> Iterator[Problem]:
    for key in NAME_SERVERS:
        address = IPv4Address(situation.text(key))
        if address != NONE and not is_for_a_device(address):
            yield situation.problem(
                key,
                "{label}: {address} is not an address for a device; 0.0.0.0 means none",
                address=address,
            )


def meter_addresses(situation: Situation) -> Iterator[Problem]:
    """A meter or gateway in the station's subnet cannot have one of the station's addresses."""
    station = IPv4Address(situation.text(STATION)).packed
    for point in situation.points():
        key = f"meter.{point}.gateway_address"
        if not situation.relevant(key) or situation.profile.meter(point).link:
            continue
        address = IPv4Address(bytes((*station[:3], situation.number(key))))
        if address in own_addresses(situation):
            yield situation.problem(key, "{label}: {address} is the station's own address", address=address)


def new_address(situation: Situation) -> Iterator[Problem]:
    """Note where the station will be found."""
    if situation.changed(STATION) or situation.changed(MASK):
        yield situation.problem(
            STATION,
            "{label}: to reach {address} your computer must be in the subnet {network}",
            address=situation.text(STATION),
            network=subnet(situation),
        )
    if situation.exists(WIFI) and situation.changed(WIFI):
        yield situation.problem(
            WIFI, "{label}: switch the supply off for 5 s and on again for the card to follow"
        )
    if situation.profile.key_lock and situation.changed(STATION):
        yield situation.problem(STATION, "{label}: turn the key to unlocked first, or the light stays off")


def copied_address(situation: Situation) -> Iterator[Problem]:
    """Note addresses that come from another station's file: both cannot have them on one network."""
    for key in (MAC, STATION):
        if (
            situation.whole
            and situation.changed(key)
            and situation.values[key] != situation.rows[key].factory
        ):
            yield situation.problem(
                key,
                "{label}: {address} comes from the file; no two devices on a network may have the same",
                address=situation.text(key),
            )
