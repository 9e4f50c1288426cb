"""The section on what the station is connected to: hardware, network, time server, receiver of records."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core.api import ClockStatus, MeterStatus, Report
from screens import clock_words, network_words, publication_words
from screens.clock_words import to_the_second
from screens.meter_words import source_words
from screens.report.parts import Section, Table, facts, section, table
from screens.texts import N_, _
from screens.zones import zone_named

LINKS = {
    "board": N_("Board"),
    "reader": N_("Badge reader"),
    "network": N_("Network driver"),
    "clock": N_("Clock"),
    "bms": N_("Energy management"),
}
WORDED = {"meter", "supervision"}
"""Told below in more words."""
STATES = {
    "off": N_("Off"),
    "connecting": N_("Connects"),
    "waiting": N_("Waits to try again"),
    "booting": N_("Reports its start"),
    "pending": N_("Not taken by the central system yet"),
    "rejected": N_("Rejected by the central system"),
    "connected": N_("Connected"),
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
    published = report.publication
    publication = "" if published is None else " ".join(publication_words.result_lines(published, zone))
    told = [
        (_link_words(name), state)
        for name, state in report.status.links.items()
        if name.partition(" ")[0] not in WORDED
    ]
    told += [
        (_("Power meter {point}").format(point=point.point), _meter_words(point.meter or MeterStatus()))
        for point in report.status.charge_points
    ]
    told += [
        (_("Time"), clock_words.time_line(report.clock)),
        (_("Time server"), _time_server_words(report.clock)),
        (_("Publication"), publication),
        *_supervision(report, zone),
    ]
    addresses = [
        (_(words), network.in_force[key]) for key, words in ADDRESSES.items() if key in network.in_force
    ]
    return section(_("Links"), facts(told), facts(addresses), *_messages(report, zone), said=said)


def _supervision(report: Report, zone: ZoneInfo) -> list[tuple[str, str]]:
    """The link to the central system; for an account that may not see it only its state."""
    link = report.supervision
    if link is None:
        state = report.status.links.get("supervision", "")
        return [(_("Supervision"), state)] if state else []
    told = [_(STATES[link.state]), link.url]
    told += [_("not encrypted")] if link.url and not link.encrypted else []
    told += [_("heard {time}").format(time=to_the_second(link.heard, zone))] if link.heard else []
    told += [f"{_(link.step)}: {_(link.said)}"] if link.said else []
    told += [_("{count} facts wait").format(count=link.waiting)] if link.waiting else []
    return [(_("Supervision"), ", ".join(filter(None, told)))]


def _messages(report: Report, zone: ZoneInfo) -> list[Table]:
    link = report.supervision
    if link is None or not link.messages:
        return []
    heads = (_("Message of supervision"), _("Way"), _("Kind"), _("Action"), _("Said"))
    return [
        table(
            heads,
            [(to_the_second(m.time, zone), m.way, m.kind, m.action, m.said) for m in link.messages],
        )
    ]


def _link_words(name: str) -> str:
    """`Board 2` of `board 2`."""
    kind, _space, number = name.partition(" ")
    return f"{_(LINKS.get(kind, kind))} {number}".strip()


def _time_server_words(clock: ClockStatus) -> str:
    makers = (clock_words.server_line, clock_words.failure_line, clock_words.keeper_line)
    lines = [line for make in makers if (line := make(clock))]
    if clock.mode == "manual":
        lines.insert(0, _("None: the clock is set by hand."))
    return " ".join(lines)


def _meter_words(meter: MeterStatus) -> str:
    """What counts the energy, whether it answers, and which one it is."""
    if meter.state == "none":
        return source_words(meter)
    told = [source_words(meter), meter.place]
    told += [_("serial number {number}").format(number=meter.serial)] if meter.serial else []
    told += [_("firmware {version}").format(version=meter.firmware)] if meter.firmware else []
    return ", ".join(filter(None, [*told, _(meter.words)]))
