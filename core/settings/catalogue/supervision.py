"""Settings of Configuration, Supervision: the link to an OCPP central system."""

from __future__ import annotations

from core.values.setting import (
    Choice,
    ChoiceKind,
    Kind,
    NumberKind,
    Right,
    SecretKind,
    Setting,
    ShownWhen,
    TextKind,
    Value,
)

WITH_OCPP = ShownWhen(key="supervision.protocol", values=("ocpp16j",))
SUPERVISED = ShownWhen(key="general.station_type", values=("supervised",))


def _row(
    name: str,
    label: str,
    help: str,  # noqa: A002 - the field is called so
    kind: Kind,
    *shown_when: ShownWhen,
    factory: Value = "",
) -> Setting:
    return Setting(
        key=f"supervision.{name}",
        tab="configuration",
        sub_tab="supervision",
        label=label,
        help=help,
        admin=Right.READ_WRITE,
        user=Right.NONE,
        kind=kind,
        factory=factory,
        shown_when=shown_when or (WITH_OCPP,),
    )


def _profiles(*values: str) -> ShownWhen:
    return ShownWhen(key="supervision.security_profile", values=values)


SUPERVISION = (
    _row(
        "protocol",
        "Supervision protocol",
        "None, or OCPP 1.6 over WebSocket. Set Station type to Supervised first; "
        "your operator gives you all the other values.",
        ChoiceKind(choices=(Choice(value="none", label="None"), Choice(value="ocpp16j", label="OCPP 1.6J"))),
        SUPERVISED,
        factory="none",
    ),
    _row(
        "primary_url",
        "Primary server",
        "Address of the central system, beginning with ws:// or wss:// (encrypted). "
        "The identity is added at its end.",
        TextKind(max_length=255, form="url"),
    ),
    _row(
        "secondary_url",
        "Secondary server",
        "Tried when the primary server does not answer. Empty: there is none.",
        TextKind(max_length=255, form="url"),
    ),
    _row(
        "identity",
        "Identity",
        "The name under which the central system knows this station; it must be the same there, "
        "capitals included.",
        TextKind(max_length=48, form="identity"),
    ),
    _row(
        "security_profile",
        "Security profile",
        "How the link is protected. While supervision is on it can only be raised: a lower profile "
        "would open the station to somebody in between.",
        ChoiceKind(
            choices=(
                Choice(value="0", label="0 - No protection"),
                Choice(value="1", label="1 - Password, not encrypted"),
                Choice(value="2", label="2 - Password, encrypted (TLS)"),
                Choice(value="3", label="3 - Certificates on both sides (TLS)"),
            )
        ),
        factory="0",
    ),
    _row(
        "authorization_key",
        "Authorization key",
        "The password of this station at the central system. It is never shown again after saving.",
        SecretKind(max_length=40),
        WITH_OCPP,
        _profiles("1", "2"),
    ),
    _row(
        "ca_certificate",
        "CA certificate",
        "Certificate (PEM) that the central system's own must be signed by. "
        "Empty: the public ones are trusted.",
        TextKind(max_length=10_000, form="pem"),
        WITH_OCPP,
        _profiles("2", "3"),
    ),
    _row(
        "client_certificate",
        "Client certificate",
        "Certificate (PEM) with which this station shows who it is.",
        TextKind(max_length=10_000, form="pem"),
        WITH_OCPP,
        _profiles("3"),
    ),
    _row(
        "client_key",
        "Client key",
        "Private key (PEM) that belongs to the client certificate. It is never shown again after saving.",
        SecretKind(max_length=10_000, form="pem"),
        WITH_OCPP,
        _profiles("3"),
    ),
    _row(
        "ping_interval",
        "Ping interval",
        "How often the station checks that the link is alive. 0 switches it off; "
        "mobile networks usually need less than 60 s.",
        NumberKind(minimum=0, maximum=3600, unit="s"),
        factory=60,
    ),
    _row(
        "message_timeout",
        "Message timeout",
        "How long the station waits for an answer before it takes the message as lost.",
        NumberKind(minimum=5, maximum=600, unit="s"),
        factory=30,
    ),
    _row(
        "reconnect_interval",
        "Reconnect interval",
        "Pause before the first new try after the link is lost; it grows with every try that fails.",
        NumberKind(minimum=1, maximum=3600, unit="s"),
        factory=10,
    ),
    _row(
        "fallback_current",
        "Fallback current",
        "Current per charge point while the external system that controls it is lost. "
        "Choose what the supply carries for all stations at once.",
        NumberKind(minimum=0, maximum=32, unit="A"),
        ShownWhen(key="energy.external_control", values=("yes",)),
        factory=14,
    ),
    _row(
        "authorisation_order",
        "Authorisation order",
        "Local first starts sooner: badges that the station remembers are accepted without asking. "
        "Central first asks every time while the link is there.",
        ChoiceKind(
            choices=(
                Choice(value="local_first", label="Local first"),
                Choice(value="central_first", label="Central first"),
            )
        ),
        factory="central_first",
    ),
)
