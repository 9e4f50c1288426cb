"""What an electrician has to do with a meter that was found."""

from __future__ import annotations

import msgspec

from core.meters.setup import link_of
from core.profile import HardwareProfile
from core.settings.reader import SettingsReader
from core.values.meters import FoundMeter


def suggested(
    profile: HardwareProfile, settings: SettingsReader, point: int, meter: FoundMeter
) -> FoundMeter:
    """The finding with the settings that make it the meter of charge point `point`, and with advice."""
    if not meter.is_meter:
        return meter
    fills: dict[str, str | int] = {
        f"meter.{point}.metering": "iem_3x5x",
        f"meter.{point}.rtu_address": meter.address,
    }
    if meter.gateway is not None:
        fills[f"meter.{point}.gateway_address"] = meter.gateway
    words = _advice(profile, settings, point, meter)
    return msgspec.structs.replace(meter, fills=fills, words=words)


def _advice(profile: HardwareProfile, settings: SettingsReader, point: int, meter: FoundMeter) -> str:
    if meter.used_by is not None and meter.used_by != point:
        return f"It is the meter of charge point {meter.used_by}."
    link = link_of(profile, settings, point)
    if link is None or not link.device or (link.baud, link.parity) == (meter.baud, meter.parity):
        return ""
    return (
        f"It speaks with {meter.baud} baud, parity {meter.parity}. Set it to {link.speech},"
        " or give the link in the hardware profile what it has."
    )
