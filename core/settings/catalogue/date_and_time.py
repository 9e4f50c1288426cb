"""Settings of Configuration, Date and time."""

from __future__ import annotations

from core.values.setting import Choice, ChoiceKind, Right, Setting, ShownWhen, TextKind

DATE_AND_TIME = (
    Setting(
        key="time.mode",
        tab="configuration",
        sub_tab="time",
        label="Time settings",
        help="Manually: you set the clock. NTP server: the station sets it by itself and needs a way to "
        "the time server. Charge records are only right with the right time.",
        admin=Right.READ_WRITE,
        user=Right.READ_WRITE,
        kind=ChoiceKind(
            choices=(
                Choice(value="manual", label="Manually"),
                Choice(value="ntp_server", label="NTP server"),
            )
        ),
        factory="manual",
    ),
    Setting(
        key="time.ntp_server",
        tab="configuration",
        sub_tab="time",
        label="Time server (NTP) address",
        help="Name or address of the server that the clock follows. A name needs a DNS server under Network.",
        admin=Right.READ_WRITE,
        user=Right.READ_WRITE,
        kind=TextKind(max_length=200, form="host"),
        factory="pool.ntp.org",
        shown_when=(ShownWhen(key="time.mode", values=("ntp_server",)),),
    ),
    Setting(
        key="time.zone",
        tab="configuration",
        sub_tab="time",
        label="Time zone",
        help="Where the station stands, such as Europe/Paris. Summer time follows from it.",
        admin=Right.READ_WRITE,
        user=Right.READ_WRITE,
        kind=TextKind(max_length=50, form="zone", required=True),
        factory="UTC",
    ),
)
