"""Writes the list of errors of the documentation from the catalogue of errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.charge_points.alarms import HELD, STOPS
from core.faults import FAULTS, Fault
from core.settings.sub_tabs import SUB_TABS, TAB_TITLES

HEAD = """# Errors

Every error of the station: what raises it, what ends it, what to do. This page is written by `scripts/docs`
from `core/faults.py` and `core/fault_reference.py`; do not edit it by hand.

Live status and `status` show the errors that last. `errors --history` and the key `h` on Live status show
those that are over as well: since when, until when, how often, and what was found. An error that comes
back within ten minutes is told as the same one. No error has to be acknowledged: each ends with its
cause. A charge that an error stops is closed with its record.
"""

RAISED: Mapping[int, str] = {
    1: "The badge reader does not answer any more.",
    3: "The board of the charge point has not answered for four rounds, at most 5 s.",
    4: "The contact of the plug lock contradicts what the lock was told.",
    5: "The contactor's feedback contradicts its command; on a real board for 10 s.",
    6: "The contact of the surge arrestor.",
    7: "The contact of the cover.",
    8: "The board's hardware carries less than the socket-outlet is rated for, the board reports a state "
    "that is not known here, or the meters of both charge points are one device at two addresses (that "
    "stops no charge).",
    9: "Saved settings contradict each other: after the import of a file without its passwords, or after a "
    "change of hardware.",
    10: "The contact of the flap (city stations).",
    11: "Input 1, where it watches the protection devices, or the breaker's input of a city station; the "
    "board's own protection.",
    12: "The power meter that is set has left three questions unanswered, or its last answer is 10 s old.",
    13: "Another system authorises charging, and nobody there can be asked: no link to the supervision for "
    "longer than an answer may take, or nobody connected over Modbus for 60 s.",
    14: "A cable was left in the socket-outlet for 30 s after its vehicle had gone, and it may not stay.",
    15: "For 30 s of a charge the meter sees current on other phases than its *Phases* say.",
    16: "An energy manager that controlled the station from outside has given no life sign for 60 s.",
    17: "The low side of the pilot is not at -12 V while a vehicle is there: its diode is missing, or the "
    "pilot is disturbed.",
    18: "The proximity resistor of the cable stands for no current.",
    19: "The vehicle went while current flowed.",
    20: "The pilot is at 0 V.",
    21: "A phase carried more than a tenth and half an ampere above the offer, for 5 s (10 s by a power "
    "meter).",
    22: "A vehicle in charge asks for ventilation and *Station location* is Indoor.",
    24: "The modem has left three questions in a row unanswered, 15 s apart: the default gateway, or "
    "192.168.0.254 where none is set.",
    30: "There is no link to the supervision that is set, for longer than an answer may take.",
    31: "The time server that is set gives no time that can be believed.",
}
"""What raises each error; it ends when that is over, or as ENDS says."""

ENDS: Mapping[int, str] = {
    15: "A charge loads the phases as they are set for 30 s, or the setting is corrected.",
    16: "A life sign, an orderly end, or *Controlled by external system* set to No.",
    24: "Two answers in a row.",
}
WITH_THE_VEHICLE = "The vehicle and its cable are taken away."
WITH_ITS_CAUSE = "By itself with its cause."


def reference() -> str:
    """The whole page, in Markdown."""
    return "\n".join((HEAD, *(line for fault in FAULTS.values() for line in _section(fault))))


def _section(fault: Fault) -> Iterator[str]:
    titles = {(each.tab, each.sub_tab): each.title for each in SUB_TABS}
    yield f"## Err #{fault.number} {fault.name}\n"
    yield f"- Raised: {RAISED[fault.number]}"
    yield f"- Ends: {_end(fault.number)}"
    yield f"- Stops a charge: {'yes' if fault.number in STOPS else 'no'}"
    yield f"- What to do: {fault.advice}"
    if fault.tab:
        yield f"- Set right in: {TAB_TITLES[fault.tab]}, {titles[fault.tab, fault.sub_tab]}"
    yield ""


def _end(number: int) -> str:
    return ENDS.get(number) or (WITH_THE_VEHICLE if number in HELD else WITH_ITS_CAUSE)
