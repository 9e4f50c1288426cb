"""The section on what the station is connected to: hardware, network, time server, receiver of records."""

from __future__ import annotations

from core.api import Report
from screens import clock_words, network_words, publication_words
from screens.report.parts import Section, facts, section
from screens.texts import N_, _
from screens.zones import zone_named

LINKS = {
    "board": N_("Board"),
    "meter": N_("Power meter"),
    "reader": N_("Badge reader"),
    "network": N_("Network driver"),
    "clock": N_("Clock"),
    "supervision": N_("Supervision"),
    "bms": N_("Energy management"),
}
ADDRESSES = {
    "network.mac_address": N_("MAC address"),
    "network.ip_address": N_("IP address"),
    "network.ip_address_2": N_("IP address of plug 2"),
    "network.subnet_mask": N_("Subnet mask"),
    "network.default_gateway": N_("Default gateway"),
    "network.dns_preferred": N_("Preferred DNS server"),
    "network.dns_other": N_("Other DNS server"),
    "wifi.ssid": N_("Wi-Fi name (SSID)"),
    "wifi.ip_address": N_("Wi-Fi IP address"),
}


def links(report: Report) -> Section:
    """Every link with its state, then the addresses in force."""
    zone = zone_named(report.status.station.zone)
    network = report.network
    said = [network.problem] if network.problem else []
    if network.trial is not None:
        said += network_words.trial_lines(network.trial)[:1]
    publication = " ".join(publication_words.result_lines(report.publication, zone))
    told = [(_link_words(name), state) for name, state in report.status.links.items()]
    told += [(_("Time"), " ".join(clock_words.lines_of(report.clock))), (_("Publication"), publication)]
    addresses = [
        (_(words), network.in_force[key]) for key, words in ADDRESSES.items() if key in network.in_force
    ]
    return section(_("Links"), facts(told), facts(addresses), said=said)


def _link_words(name: str) -> str:
    """`Power meter 2` of `meter 2`."""
    kind, _space, number = name.partition(" ")
    return f"{_(LINKS.get(kind, kind))} {number}".strip()
