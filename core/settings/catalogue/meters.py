"""Settings of Energy management, Meters."""

from __future__ import annotations

from core.settings.phase_order import PHASE_ORDERS
from core.values.setting import (
    Choice,
    ChoiceKind,
    NumberKind,
    Right,
    Setting,
    ShownWhen,
    TakesEffect,
)

WITH_METER = (ShownWhen(key="meter.{n}.metering", values=("iem_3x5x",)),)

METERS = (
    Setting(
        key="meter.phase_neutral_voltage",
        tab="energy",
        sub_tab="meters",
        label="Phase-neutral voltage measured",
        help="Measure it at the station and enter it. Energy is calculated with it where there is no power "
        "meter, or while the power meter does not answer.",
        admin=Right.READ_WRITE,
        user=Right.NONE,
        kind=NumberKind(minimum=0, maximum=276, unit="V"),
        factory=230,
    ),
    Setting(
        key="meter.{n}.metering",
        tab="energy",
        sub_tab="meters",
        label="Energy metering",
        help="Internal CT measures the current inside the station and takes the voltage as constant. "
        "Choose IEM_3x5x where such a meter is installed, for better than 2 %.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=ChoiceKind(
            choices=(
                Choice(value="iem_3x5x", label="IEM_3x5x"),
                Choice(value="internal_ct", label="Internal CT"),
            )
        ),
        factory="internal_ct",
        takes_effect=TakesEffect.NEXT_SESSION,
    ),
    Setting(
        key="meter.{n}.protocol",
        tab="energy",
        sub_tab="meters",
        label="Power meter communication protocol",
        help="Modbus TCP: the meter itself is on the network. Modbus RTU: it is wired to a gateway.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=ChoiceKind(
            choices=(
                Choice(value="modbus_tcp", label="Modbus TCP"),
                Choice(value="modbus_rtu", label="Modbus RTU"),
            )
        ),
        factory="modbus_tcp",
        takes_effect=TakesEffect.NEXT_SESSION,
        shown_when=WITH_METER,
    ),
    Setting(
        key="meter.{n}.rtu_address",
        tab="energy",
        sub_tab="meters",
        label="Power meter RTU address",
        help="The Modbus address (unit) that is set in the meter itself. "
        "Two meters on one line need two addresses.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=NumberKind(minimum=1, maximum=255),
        factory=30,
        takes_effect=TakesEffect.NEXT_SESSION,
        shown_when=WITH_METER,
    ),
    Setting(
        key="meter.{n}.gateway_address",
        tab="energy",
        sub_tab="meters",
        label="Power meter gateway address",
        help="Last byte of the address of the gateway, or of a meter on the network, "
        "in the station's own subnet.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=NumberKind(minimum=130, maximum=162),
        factory=130,
        takes_effect=TakesEffect.NEXT_SESSION,
        shown_when=WITH_METER,
    ),
    Setting(
        key="meter.{n}.phases",
        tab="energy",
        sub_tab="meters",
        label="Phases connected",
        help="In which order the network phases are wired to the meter and to the contactor of this "
        "charge point. Load balancing needs it to know which phase a single-phase car loads.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=ChoiceKind(
            choices=tuple(Choice(value=value, label=order.words) for value, order in PHASE_ORDERS.items())
        ),
        factory="meter_123_contactor_123",
        takes_effect=TakesEffect.NEXT_SESSION,
    ),
)
