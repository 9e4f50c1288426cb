"""What is measured in a charge, by the names of OCPP."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import msgspec

from core.ocpp.frames import Payload
from core.ocpp.topic import written_time
from core.transactions.facts import Sampled
from core.values.status import ChargePointStatus

PHASES = ("L1", "L2", "L3")


class Measurand(msgspec.Struct, frozen=True, kw_only=True):
    """`values` gives what the outlet took, by phase ("" for all together); `unit` is that of OCPP."""

    unit: str
    values: Callable[[Sampled], Sequence[tuple[str, float]]]


MEASURANDS: Mapping[str, Measurand] = {
    "Energy.Active.Import.Register": Measurand(unit="Wh", values=lambda fact: [("", fact.meter_wh)]),
    "Power.Active.Import": Measurand(unit="W", values=lambda fact: [("", fact.power_w)]),
    "Current.Import": Measurand(unit="A", values=lambda fact: list(zip(PHASES, fact.current, strict=True))),
    "Current.Offered": Measurand(unit="A", values=lambda fact: [("", fact.offered)]),
    "Voltage": Measurand(
        unit="V",
        values=lambda fact: [
            (f"{phase}-N", volts) for phase, volts in zip(PHASES, fact.voltage, strict=True)
        ],
    ),
}

CONTEXTS = {"periodic": "Sample.Periodic", "clock": "Sample.Clock"}


def meter_value(fact: Sampled, measurands: Sequence[str], context: str) -> Payload | None:
    """One MeterValue of a sample with these measurands; None where there are none."""
    sampled = [
        {
            "value": str(value) if isinstance(value, int) else f"{value:.1f}",
            "context": context,
            "measurand": name,
            "unit": MEASURANDS[name].unit,
            "location": "Outlet",
            **({"phase": phase} if phase else {}),
        }
        for name in measurands
        for phase, value in MEASURANDS[name].values(fact)
    ]
    return {"timestamp": written_time(fact.time), "sampledValue": sampled} if sampled else None


def shown_now(point: ChargePointStatus, time: datetime) -> Sampled:
    """What the meter of a charge point shows at this moment, for no charge."""
    return Sampled(
        transaction=0,
        point=point.point,
        time=time,
        meter_wh=point.energy_wh,
        context="periodic",
        current=point.current,
        voltage=point.voltage,
        power_w=point.power_w,
        offered=point.offered_current,
    )
