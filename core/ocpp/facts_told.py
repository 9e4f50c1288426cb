"""What happened to a charge, in the messages of OCPP."""

from __future__ import annotations

from collections.abc import Mapping

from core.charge_points.session import StopReason
from core.ocpp.configuration import Configuration
from core.ocpp.frames import Payload
from core.ocpp.measurands import CONTEXTS, meter_value
from core.ocpp.topic import written_time
from core.transactions.facts import AnyFact, Ended, Sampled, Started

START, VALUES, STOP = "StartTransaction", "MeterValues", "StopTransaction"

REASONS: Mapping[StopReason, str] = {
    StopReason.VEHICLE_UNPLUGGED: "EVDisconnected",
    StopReason.BADGE: "Local",
    StopReason.ADMIN_BADGE: "Local",
    StopReason.REMOTE: "Remote",
    StopReason.UNLOCKED: "UnlockCommand",
    StopReason.NO_LONGER_AUTHORISED: "DeAuthorized",
    StopReason.PUSH_BUTTON: "Local",
    StopReason.KEY_LOCK: "Local",
    StopReason.VENTILATION: "Other",
    StopReason.VEHICLE_VANISHED: "EVDisconnected",
    StopReason.FAULT: "Other",
    StopReason.RESTART: "Reboot",
    StopReason.SOFT_RESET: "SoftReset",
    StopReason.HARD_RESET: "HardReset",
    StopReason.POWER_LOSS: "PowerLoss",
}
"""Reason (OCPP 1.6, 7.37) by the station's."""

SAMPLED_BY = {"periodic": "MeterValuesSampledData", "clock": "MeterValuesAlignedData"}
"""The key with the measurands of a sample, by its context."""

Told = tuple[str, Payload]


def told(fact: AnyFact, central_id: int | None, configuration: Configuration) -> Told | None:
    """Action and payload that tell a fact; None where there is nothing to tell.

    `central_id` is the central system's number of the charge: without one only its beginning can be told.
    """
    if isinstance(fact, Started):
        return START, _started(fact, configuration)
    if central_id is None:
        return None
    if isinstance(fact, Ended):
        return STOP, _ended(fact, central_id)
    return _sampled(fact, central_id, configuration)


def _started(fact: Started, configuration: Configuration) -> Payload:
    payload = {
        "connectorId": fact.point,
        "idTag": fact.uid or configuration.text("FreeChargeIdTag"),
        "meterStart": fact.meter_wh,
        "timestamp": written_time(fact.time),
    }
    return payload if fact.booking is None else {**payload, "reservationId": fact.booking}


def _ended(fact: Ended, central_id: int) -> Payload:
    payload = {
        "transactionId": central_id,
        "meterStop": fact.meter_wh,
        "timestamp": written_time(fact.time),
        "reason": REASONS[StopReason(fact.reason)],
    }
    return {**payload, "idTag": fact.uid} if fact.uid else payload


def _sampled(fact: Sampled, central_id: int, configuration: Configuration) -> Told | None:
    measurands = configuration.words(SAMPLED_BY[fact.context])
    value = meter_value(fact, measurands, CONTEXTS[fact.context])
    if value is None:
        return None
    return VALUES, {"connectorId": fact.point, "transactionId": central_id, "meterValue": [value]}
