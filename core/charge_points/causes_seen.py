"""What an error of a charge point was seen by, in words for an electrician."""

from __future__ import annotations

import msgspec

from core.charge_points.hardware import Readings
from core.charge_points.socket_outlet import SocketOutlet


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to see when an error begins.

    `drawn`: A of the strongest phase, None where nothing measures it; `meter`: why that is silent.
    """

    outlet: SocketOutlet
    drawn: float | None = None
    meter: str = ""


def cause_of(number: int, evidence: Evidence) -> str:
    """What was seen; "" where the error's name says it all."""
    readings = evidence.outlet.readings
    if number == 3:
        return evidence.outlet.board.reason
    if number == 12:
        return evidence.meter
    if number == 15:
        return evidence.outlet.compliance.wrong
    if readings is None:
        return ""
    if number in readings.reported:
        return "reported by the board"
    return _words(evidence, readings).get(number, "")


def _words(evidence: Evidence, readings: Readings) -> dict[int, str]:
    outlet = evidence.outlet
    lock = "locked" if readings.locked else "not locked"
    contactor = "closed" if readings.contactor_closed else "open"
    return {
        4: f"the plug is {lock}, and the station wants it otherwise",
        5: f"the contactor is {contactor}, and the station wants it otherwise",
        8: f"the board is built for {readings.built_for or 0:g} A, the outlet for {outlet.rules.rated:g} A",
        7: "the contact of the cover is open",
        11: _protection(outlet, readings),
        14: "the cable was left for 30 s after its vehicle had gone",
        17: "the pilot does not fall to -12 V: the vehicle's diode is missing",
        18: f"{readings.proximity or 0:.0f} Ohm stand for no cable",
        19: "the vehicle went while current flowed",
        20: f"{readings.pilot:.0f} V on the pilot",
        21: "" if evidence.drawn is None else f"{evidence.drawn:.1f} A drawn, {outlet.offered:g} A offered",
        22: f"{readings.pilot:.0f} V on the pilot, and the station stands indoors",
    }


def _protection(outlet: SocketOutlet, readings: Readings) -> str:
    contact = outlet.rules.protection
    if contact is None:
        return ""
    return f"{contact.name} is {'closed' if readings.inputs.get(contact.name) else 'open'}"
