"""What is told of a power meter beside its settings, in words."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from core.api import ChargePointStatus, ErrorStatus, MeterStatus
from core.settings.meter_place import network_place
from screens.cleaned import cleaned
from screens.texts import N_, _
from screens.times import clock_time, day_and_minute
from screens.visit import Visit

METER_ERROR = 12
MOST_LINES = 4
"""Lines for what is wrong with a meter; a screen of 24 keeps room for the settings."""
STATES = {
    "none": N_("no meter"),
    "waiting": N_("is asked"),
    "answering": N_("answers"),
    "silent": N_("does not answer"),
    "not_found": N_("was not found"),
}
SOURCES = {"internal_ct": N_("Internal CT"), "iem_3x5x": N_("IEM_3x5x")}
WHERE = frozenset({"protocol", "rtu_address", "gateway_address"})
"""The settings by which a meter is found."""


def three(values: tuple[float, float, float], unit: str, digits: int = 1) -> str:
    """`230.1 230.0 229.8 V`."""
    return " ".join(f"{value:.{digits}f}" for value in values) + f" {unit}"


def source_words(meter: MeterStatus) -> str:
    """`IEM_3x5x answers`, `Internal CT`."""
    source = _(SOURCES.get(meter.source, meter.source))
    return source if meter.state == "none" else f"{source} {_(STATES[meter.state])}"


def live_lines(
    visit: Visit, point: ChargePointStatus, errors: Sequence[ErrorStatus], width: int
) -> list[str]:
    """What is measured at a charge point now, by what, and what is wrong with it."""
    meter = point.meter or MeterStatus()
    measured = "  ".join(
        (three(point.voltage, "V"), three(point.current, "A"), f"{point.power_w / 1000:.2f} kW")
    )
    lines = [f"{_('Now:')} {measured}", _energy_line(visit, point, meter)]
    if meter.state not in {"silent", "not_found"}:
        return lines
    error = next((e for e in errors if e.number == METER_ERROR and e.point in {None, point.point}), None)
    advice = _(error.advice) if error is not None else ""
    said = _("! Err #12: {advice} {words}").format(advice=advice, words=_(meter.words))
    return lines + textwrap.wrap(cleaned(said), max(20, width), max_lines=MOST_LINES, placeholder=" ...")


def _energy_line(visit: Visit, point: ChargePointStatus, meter: MeterStatus) -> str:
    """Which meter counts and what it shows, or when it answered last."""
    source = _(SOURCES.get(meter.source, meter.source))
    if meter.state == "none":
        return _("{source}: {energy:.3f} kWh").format(source=source, energy=point.energy_wh / 1000)
    answered = _answered(visit, meter)
    if meter.state != "answering" or meter.energy_wh is None:
        last = _(", last answer {time}").format(time=answered) if answered else ""
        return f"{source_words(meter)}{last}"
    words = _("{source} answered {time}: {energy:.3f} kWh").format(
        source=source, time=answered, energy=meter.energy_wh / 1000
    )
    serial = _(", serial number {number}").format(number=cleaned(meter.serial))
    return f"{words}{serial if meter.serial else ''}"


def _answered(visit: Visit, meter: MeterStatus) -> str:
    """The time of the last answer, with its day where that is not today; "" where there was none."""
    if meter.answered is None:
        return ""
    today = day_and_minute(visit.status.station.time, visit.zone)[:10]
    day, clock = day_and_minute(meter.answered, visit.zone)[:10], clock_time(meter.answered, visit.zone)
    return clock if day == today else f"{day} {clock}"


def asked_words(visit: Visit, point: int) -> str:
    """The place that the settings on the form come to: `asks 192.168.0.130 port 502, unit 2`."""
    unit = visit.value(f"meter.{point}.rtu_address").strip()
    place = visit.hardware.meter_places[point - 1]
    gateway = visit.value(f"meter.{point}.gateway_address").strip()
    if not place and gateway.isascii() and gateway.isdigit():
        place = network_place(visit.value("network.ip_address"), int(gateway))
    if place == "simulated":
        place = _("a simulated meter")
    return _("asks {place}, unit {unit}").format(place=cleaned(place), unit=unit) if place and unit else ""


def answer_words(visit: Visit, point: ChargePointStatus) -> str:
    """Whether the meter answers where the form says: `! no answer`; "" while nobody knows."""
    number = point.point
    if any(f"meter.{number}.{name}" in visit.edits for name in ("metering", *WHERE)):
        return _("not asked before it is saved")
    if point.meter is not None and point.meter.state in {"silent", "not_found"}:
        return _("! no answer")
    return _("answers") if point.meter is not None and point.meter.state == "answering" else ""
