"""Settings of Energy management, Advanced settings."""

from __future__ import annotations

from core.values.setting import Choice, ChoiceKind, Exists, Right, Setting, ShownWhen, ToggleKind

TWO_SHARE = Exists(families=("parking", "city"), needs=("two_points",))

ADVANCED = (
    Setting(
        key="energy.load_balancing",
        tab="energy",
        sub_tab="advanced",
        label="Load balancing",
        help="Enable: the station splits its supply between the two charge points so that nothing trips. "
        "Disable only where the supply carries both charge points at full current.",
        admin=Right.READ_WRITE,
        user=Right.NONE,
        kind=ToggleKind(yes="Enable", no="Disable"),
        factory="yes",
        exists=TWO_SHARE,
    ),
    Setting(
        key="energy.load_shedding_priority",
        tab="energy",
        sub_tab="advanced",
        label="Load shedding priority",
        help="Which car is stopped first when the supply does not carry both: the one that began first, "
        "or the one that has received the most energy.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=ChoiceKind(
            choices=(
                Choice(value="charge_duration", label="Charge duration"),
                Choice(value="energy_delivered", label="Energy delivered"),
            )
        ),
        factory="charge_duration",
        exists=TWO_SHARE,
        shown_when=(ShownWhen(key="energy.load_balancing", values=("yes",)),),
    ),
    Setting(
        key="energy.external_control",
        tab="energy",
        sub_tab="advanced",
        label="Controlled by external system",
        help="Yes: an OCPP supervision or a building management system (Modbus) may set the maximum current "
        "while cars charge. It can only lower what is set here, never raise it.",
        admin=Right.READ_WRITE,
        user=Right.NONE,
        kind=ToggleKind(),
        factory="no",
    ),
)
