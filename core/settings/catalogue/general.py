"""Settings of Configuration, General."""

from __future__ import annotations

from core.values.setting import (
    Choice,
    ChoiceKind,
    Exists,
    Right,
    Setting,
    ShownWhen,
    TakesEffect,
    ToggleKind,
)

WITHOUT_OCPP = (ShownWhen(key="supervision.protocol", values=("none",)),)
WITH_OCPP = (ShownWhen(key="supervision.protocol", values=("ocpp16j",)),)

GENERAL = (
    Setting(
        key="general.station_type",
        tab="configuration",
        sub_tab="general",
        label="Station type",
        help="Standalone: the station works on its own. Supervised: it is connected to a local network or "
        "to an OCPP supervision; choose this first, then set up Supervision.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=ChoiceKind(
            choices=(
                Choice(value="standalone", label="Standalone"),
                Choice(value="supervised", label="Supervised"),
            )
        ),
        factory="standalone",
    ),
    Setting(
        key="general.remote_command_required",
        tab="configuration",
        sub_tab="general",
        label="Remote command required to control charge",
        help="Yes: a car only charges after an external system has sent the start command, as for paid "
        "charging. Leave it at No where nothing sends that command, or no car will charge.",
        admin=Right.READ_WRITE,
        user=Right.READ_WRITE,
        kind=ToggleKind(),
        factory="no",
        takes_effect=TakesEffect.NEXT_SESSION,
        exists=Exists(lacks=("rfid_reader",)),
    ),
    Setting(
        key="general.authentication_location",
        tab="configuration",
        sub_tab="general",
        label="Authentication done by",
        help="Who decides whether a driver may charge. Disable lets everybody charge. "
        "Remote leaves it to another system than an OCPP supervision and does not use the badge reader.",
        admin=Right.READ_WRITE,
        user=Right.READ_WRITE,
        kind=ChoiceKind(
            choices=(
                Choice(
                    value="charging_station",
                    label="Charging station",
                    exists=Exists(needs=("rfid_reader",)),
                    when=WITHOUT_OCPP,
                ),
                Choice(value="supervision", label="Supervision", when=WITH_OCPP),
                Choice(value="disable", label="Disable"),
                Choice(value="remote", label="Remote", when=WITHOUT_OCPP),
            )
        ),
        factory={"rfid_reader": "charging_station", "": "disable"},
        takes_effect=TakesEffect.NEXT_SESSION,
    ),
    Setting(
        key="general.authentication_strategy",
        tab="configuration",
        sub_tab="general",
        label="Unknown badges",
        help="What happens with a badge that is not in the station's list. "
        "With Allow all badges any badge that the reader can read starts a charge.",
        admin=Right.READ_WRITE,
        user=Right.READ_WRITE,
        kind=ChoiceKind(
            choices=(
                Choice(value="reject_unknown", label="Reject unknown badges"),
                Choice(value="allow_all", label="Allow all badges"),
            )
        ),
        factory="allow_all",
        takes_effect=TakesEffect.NEXT_SESSION,
        exists=Exists(needs=("rfid_reader",)),
        shown_when=(ShownWhen(key="general.authentication_location", values=("charging_station",)),),
    ),
    Setting(
        key="general.offline_strategy",
        tab="configuration",
        sub_tab="general",
        label="Badges while supervision is lost",
        help="What happens with badges while the supervision cannot be reached. Reject all badges still lets "
        "in those that the supervision accepted before and the station remembers.",
        admin=Right.READ_WRITE,
        user=Right.READ_WRITE,
        kind=ChoiceKind(
            choices=(
                Choice(value="reject_all", label="Reject all badges"),
                Choice(value="allow_all", label="Allow all badges"),
            )
        ),
        factory="allow_all",
        takes_effect=TakesEffect.NEXT_SESSION,
        shown_when=(*WITH_OCPP, ShownWhen(key="general.authentication_location", values=("supervision",))),
    ),
    Setting(
        key="general.push_button",
        tab="configuration",
        sub_tab="general",
        label="Front panel push button activated",
        help="Yes: a driver can stop the charge with the button on the front, and start it again. "
        "No: the button does neither.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=ToggleKind(),
        factory={"key_lock": "yes", "": "no"},
        exists=Exists(families=("wallbox",)),
    ),
    Setting(
        key="general.station_location",
        tab="configuration",
        sub_tab="general",
        label="Station location",
        help="Some cars give off gas while they charge and ask for ventilation. Indoor stops such a charge "
        "with a fault. Choose Outdoor only where the station stands outside or works with the "
        "building's ventilation.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=ChoiceKind(
            choices=(
                Choice(value="indoor", label="Indoor"),
                Choice(value="outdoor", label="Outdoor"),
            )
        ),
        factory="indoor",
    ),
    Setting(
        key="general.leave_cable_connected",
        tab="configuration",
        sub_tab="general",
        label="Allow to leave cable connected",
        help="On: a cable may stay in the socket-outlet after the car has left, without a fault. "
        "The station does not lock it then: it can be stolen.",
        admin=Right.READ_WRITE,
        user=Right.READ_WRITE,
        kind=ToggleKind(yes="On", no="Off"),
        factory="no",
        exists=Exists(families=("parking",)),
    ),
)
