"""What is done to a simulated board."""

from __future__ import annotations

from typing import Literal

import msgspec

from core.values.records import ChargeRecord
from core.values.status import ChargePointStatus

READER_FAULT, MODEM_FAULT = "reader", "modem"
"""The loss of a simulated reader or modem, among the names of faults."""


class Vehicle(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle and its cable for the simulated board.

    `phases` 1 or 3; `cable_current` A (13, 20, 32 or 63); `demand` A it draws at most;
    `energy_wh` Wh it takes before it is full (None: without end);
    `ventilation`: it asks for ventilation (state D);
    `ready_after_s`: seconds from plug-in until it closes S2.
    """

    phases: Literal[1, 3] = 3
    cable_current: int = 32
    demand: float = 32.0
    energy_wh: int | None = None
    ventilation: bool = False
    ready_after_s: float = 0.0


class PlugOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of something done at a simulated charge point: its status, and the record it closed.

    `changed` is False where there was nothing to do.
    """

    status: ChargePointStatus
    record: ChargeRecord | None = None
    changed: bool = True
