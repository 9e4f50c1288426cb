"""Settings of Energy management, Socket-outlets; one set of rows a charge point."""

from __future__ import annotations

from core.values.setting import (
    Choice,
    ChoiceKind,
    Exists,
    NumberKind,
    Right,
    Setting,
    ShownWhen,
    ToggleKind,
)

ON_POST = Exists(families=("parking", "city"))
ON_WALLBOX = Exists(families=("wallbox",))

CONTACT = ChoiceKind(
    choices=(
        Choice(value="normally_open", label="Normally open"),
        Choice(value="normally_closed", label="Normally closed"),
    )
)
SET_POINT = NumberKind(minimum=0, maximum=32, unit="A", maximum_from="socket.{n}.derated_current")

SOCKETS = (
    Setting(
        key="socket.{n}.position",
        tab="energy",
        sub_tab="sockets",
        label="Position on the charging station",
        help="1 is the right side of the station, 2 the left. Fixed at the factory.",
        admin=Right.READ,
        user=Right.NONE,
        kind=NumberKind(minimum=1, maximum=2),
        factory_from="position",
        exists=ON_POST,
    ),
    Setting(
        key="socket.{n}.type",
        tab="energy",
        sub_tab="sockets",
        label="Socket-outlet type",
        help="The socket-outlet, or the connector at the end of the attached cable. Fixed at the factory.",
        admin=Right.READ,
        user=Right.NONE,
        kind=ChoiceKind(
            choices=(
                Choice(value="t2", label="T2"),
                Choice(value="t3", label="T3"),
                Choice(value="te", label="TE"),
                Choice(value="t2_te", label="T2 - TE"),
                Choice(value="t1", label="T1"),
            )
        ),
        factory_from="socket_type",
    ),
    Setting(
        key="socket.{n}.rated_current",
        tab="energy",
        sub_tab="sockets",
        label="Rated charging current",
        help="The most that the hardware of this charge point can deliver, per phase. Fixed at the factory.",
        admin=Right.READ,
        user=Right.NONE,
        kind=NumberKind(minimum=32, maximum=32, unit="A"),
        factory_from="rated_current",
    ),
    Setting(
        key="socket.{n}.derated_current",
        tab="energy",
        sub_tab="sockets",
        label="Derated charging current",
        help="The most that this charge point may deliver, to suit its supply cable and circuit breaker. "
        "Too small a value counts as 0 A: below 6 A; with load balancing and on a wallbox, below 8 A "
        "(single-phase) or 14 A (three-phase). The breaker upstream must protect the cable "
        "whatever is set here.",
        admin=Right.READ_WRITE,
        user=Right.NONE,
        kind=NumberKind(minimum=0, maximum=32, unit="A", maximum_from="socket.{n}.rated_current"),
        factory={"wallbox": 16, "": 32},
    ),
    Setting(
        key="socket.{n}.input_1",
        tab="energy",
        sub_tab="sockets",
        label="User input 1",
        help="What the contact on input 1 does: nothing, watch the breaker and the residual current device, "
        "or lower the current to the load shedding set point.",
        admin=Right.READ_WRITE,
        user=Right.NONE,
        kind=ChoiceKind(
            choices=(
                Choice(value="not_used", label="Not used"),
                Choice(
                    value="protection_devices",
                    label="Protection devices state",
                    exists=Exists(families=("parking",)),
                ),
                Choice(value="load_shedding", label="Load shedding input"),
            )
        ),
        factory="not_used",
        exists=ON_POST,
    ),
    Setting(
        key="socket.{n}.input_1_normally_open",
        tab="energy",
        sub_tab="sockets",
        label="Input 1 normally open",
        help="Yes: closing the contact triggers the function. No: opening it does, "
        "so that a broken wire triggers it too.",
        admin=Right.READ_WRITE,
        user=Right.NONE,
        kind=ToggleKind(),
        factory="yes",
        exists=ON_POST,
        shown_when=(ShownWhen(key="socket.{n}.input_1", values=("protection_devices", "load_shedding")),),
    ),
    Setting(
        key="socket.{n}.load_shedding_set_point",
        tab="energy",
        sub_tab="sockets",
        label="Load shedding set point",
        help="The current while the load shedding input is active, up to the derated current. "
        "A value too small to charge with counts as 0 A: the charge pauses.",
        admin=Right.READ_WRITE,
        user=Right.NONE,
        kind=SET_POINT,
        factory=0,
        exists=ON_POST,
        shown_when=(ShownWhen(key="socket.{n}.input_1", values=("load_shedding",)),),
    ),
    Setting(
        key="socket.{n}.input_2",
        tab="energy",
        sub_tab="sockets",
        label="User input 2",
        help="Conditional start: a charge only starts while the contact on input 2 allows it, "
        "for example an off-peak signal.",
        admin=Right.READ_WRITE,
        user=Right.NONE,
        kind=ChoiceKind(
            choices=(
                Choice(value="not_used", label="Not used"),
                Choice(value="conditional_start", label="Conditional outgoing line"),
            )
        ),
        factory="not_used",
        exists=ON_POST,
    ),
    Setting(
        key="socket.{n}.input_2_normally_open",
        tab="energy",
        sub_tab="sockets",
        label="Input 2 normally open",
        help="Yes: closing the contact triggers the function. No: opening it does.",
        admin=Right.READ_WRITE,
        user=Right.NONE,
        kind=ToggleKind(),
        factory="yes",
        exists=ON_POST,
        shown_when=(ShownWhen(key="socket.{n}.input_2", values=("conditional_start",)),),
    ),
    Setting(
        key="socket.{n}.delayed_start_contact",
        tab="energy",
        sub_tab="sockets",
        label="Delayed charging start",
        help="Normally open: a closed contact holds the charge back or interrupts it. "
        "Normally closed: an open one does. Leave it at Normally open where nothing is connected.",
        admin=Right.READ_WRITE,
        user=Right.NONE,
        kind=CONTACT,
        factory="normally_open",
        exists=ON_WALLBOX,
    ),
    Setting(
        key="socket.{n}.current_limit_contact",
        tab="energy",
        sub_tab="sockets",
        label="Local control of temporary charging current limitation",
        help="Normally open: a closed contact limits the current. Normally closed: an open one does. "
        "Leave it at Normally open where nothing is connected.",
        admin=Right.READ_WRITE,
        user=Right.NONE,
        kind=CONTACT,
        factory="normally_open",
        exists=ON_WALLBOX,
    ),
    Setting(
        key="socket.{n}.temporary_current_limit",
        tab="energy",
        sub_tab="sockets",
        label="Setting of local temporary charging current limitation",
        help="The current while the limitation contact is active, up to the derated current. "
        "Below 8 A (single-phase) or 14 A (three-phase) it counts as 0 A: the charge pauses.",
        admin=Right.READ_WRITE,
        user=Right.NONE,
        kind=SET_POINT,
        factory=0,
        exists=ON_WALLBOX,
    ),
)
