"""From settings and hardware profile to the rules of a charge point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import msgspec

from core.charge_points.authorisation import AuthorisationRules, Location
from core.charge_points.rules import DOMESTIC, Contact, PointRules
from core.energy.allocation import Priority
from core.meters.setup import setup_of
from core.profile import HardwareProfile
from core.settings.phase_order import PHASE_ORDERS
from core.settings.reader import SettingsReader

SOCKET_TYPES: Mapping[str, str] = {
    "T2": "TYPE2",
    "T3": "TYPE3",
    "TE": DOMESTIC,
    "T2-TE": "TYPE2",
    "T1": "TYPE1",
}
"""The socket type in charge records."""


def authorisation_of(profile: HardwareProfile, settings: SettingsReader) -> AuthorisationRules:
    """How the station authorises; with supervision the offline strategy holds while nobody answers."""
    location = cast("Location", settings.text("general.authentication_location"))
    if location == "supervision":
        rejects = settings.text("general.offline_strategy") == "reject_all"
    else:
        rejects = profile.rfid_reader and settings.text("general.authentication_strategy") == "reject_unknown"
    return AuthorisationRules(
        location=location,
        reject_unknown=rejects,
        remote_command=not profile.rfid_reader and settings.is_on("general.remote_command_required"),
        local_first=settings.text("supervision.authorisation_order") == "local_first",
    )


def is_supervised(settings: SettingsReader) -> bool:
    """An OCPP supervision is set up."""
    return (
        settings.text("general.station_type") == "supervised"
        and settings.text("supervision.protocol") == "ocpp16j"
    )


def priority_of(profile: HardwareProfile, settings: SettingsReader) -> Priority:
    """Who is shed first; a station with one point sheds nobody."""
    if not is_balancing(profile, settings):
        return "charge_duration"
    return cast("Priority", settings.text("energy.load_shedding_priority"))


def is_balancing(profile: HardwareProfile, settings: SettingsReader) -> bool:
    """The supply is shared between two charge points."""
    return profile.charge_points == 2 and settings.is_on("energy.load_balancing")


def rules_of(profile: HardwareProfile, settings: SettingsReader, point: int) -> PointRules:
    """What holds for a charge point (numbered from 1) now."""
    socket = profile.sockets[point - 1]
    common = PointRules(
        authorisation=authorisation_of(profile, settings),
        supervised=is_supervised(settings),
        supply=float(profile.supply_current),
        rated=float(settings.number(f"socket.{point}.rated_current")),
        derated=settings.number(f"socket.{point}.derated_current"),
        phases=socket.phases,
        attached=socket.cable == "attached",
        socket_type=SOCKET_TYPES[socket.type],
        station=profile.identity.serial_number,
        balancing=is_balancing(profile, settings),
        lines=PHASE_ORDERS[settings.text(f"meter.{point}.phases")].contactor,
        indoor=settings.text("general.station_location") == "indoor",
        voltage=settings.number("meter.phase_neutral_voltage"),
        meter=setup_of(profile, settings, point),
    )
    build = _wallbox if profile.family == "wallbox" else _post
    return build(common, profile, settings, f"socket.{point}")


def _wallbox(
    common: PointRules, profile: HardwareProfile, settings: SettingsReader, socket: str
) -> PointRules:
    return msgspec.structs.replace(
        common,
        wallbox=True,
        cable_may_stay=True,
        push_button=settings.is_on("general.push_button"),
        key_lock=profile.key_lock,
        delay=Contact(
            name="delayed_start",
            normally_open=settings.text(f"{socket}.delayed_start_contact") == "normally_open",
        ),
        limitation=Contact(
            name="current_limit",
            normally_open=settings.text(f"{socket}.current_limit_contact") == "normally_open",
        ),
        limitation_current=settings.number(f"{socket}.temporary_current_limit"),
    )


def _post(common: PointRules, profile: HardwareProfile, settings: SettingsReader, socket: str) -> PointRules:
    """Parking and city stations; a city station watches its breaker with an input of its own."""
    first = settings.text(f"{socket}.input_1")
    second = settings.text(f"{socket}.input_2")
    input_1 = Contact(name="input_1", normally_open=settings.is_on(f"{socket}.input_1_normally_open"))
    input_2 = Contact(name="input_2", normally_open=settings.is_on(f"{socket}.input_2_normally_open"))
    city = profile.family == "city"
    breaker = Contact(name="circuit_breaker") if city else None
    return msgspec.structs.replace(
        common,
        cable_may_stay=not city and settings.is_on("general.leave_cable_connected"),
        flap=city,
        protection=input_1 if first == "protection_devices" else breaker,
        shedding=input_1 if first == "load_shedding" else None,
        shedding_current=settings.number(f"{socket}.load_shedding_set_point"),
        condition=input_2 if second == "conditional_start" else None,
    )


def input_names(profile: HardwareProfile) -> dict[str, bool]:
    """The inputs of a charge point by name, and how their contacts rest (True: closed)."""
    if profile.family == "wallbox":
        names = {"delayed_start": False, "current_limit": False, "push_button": False}
        return names | ({"key_lock": False} if profile.key_lock else {})
    names = {"input_1": False, "input_2": False}
    return names | ({"circuit_breaker": True} if profile.family == "city" else {})
