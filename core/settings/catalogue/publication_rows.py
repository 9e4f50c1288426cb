"""The rows that every way to send charge records has."""

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
    ToggleKind,
    Value,
)

NO_SECURITY = Choice(value="none", label="None")
TLS = Choice(value="tls", label="TLS")
STARTTLS = Choice(value="starttls", label="STARTTLS")


def row(
    protocol: str,
    name: str,
    label: str,
    help: str,  # noqa: A002
    kind: Kind,
    *shown_when: ShownWhen,
    user: Right = Right.NONE,
    factory: Value = "",
) -> Setting:
    """A row that matters while records are sent by `protocol` and `shown_when` holds."""
    return Setting(
        key=f"publication.{protocol}.{name}",
        tab="records",
        sub_tab="publication",
        label=label,
        help=help,
        admin=Right.READ_WRITE,
        user=user,
        kind=kind,
        factory=factory,
        shown_when=(ShownWhen(key="publication.protocol", values=(protocol,)), *shown_when),
    )


def server(protocol: str) -> Setting:
    return row(
        protocol,
        "server",
        "Server",
        "Name or IP address of the server. A name needs a DNS server under Network.",
        TextKind(max_length=200, form="server"),
        user=Right.READ,
    )


def port(protocol: str, label: str, minimum: int, maximum: int, factory: int, user: Right) -> Setting:
    return row(
        protocol,
        "port",
        label,
        f"Port of the server; {factory} is usual without encryption.",
        NumberKind(minimum=minimum, maximum=maximum),
        user=user,
        factory=factory,
    )


def log_in(protocol: str) -> tuple[Setting, ...]:
    """Whether the server wants a user name and a password, and which."""
    wanted = ShownWhen(key=f"publication.{protocol}.authentication", values=("yes",))
    return (
        row(
            protocol,
            "authentication",
            "Authentication required",
            "On where the server wants a user name and a password.",
            ToggleKind(yes="On", no="Off"),
            user=Right.READ,
            factory="no",
        ),
        row(
            protocol,
            "username",
            "Username",
            "The user name that the server knows the station by.",
            TextKind(max_length=100),
            wanted,
        ),
        row(
            protocol,
            "password",
            "Password",
            "The password that belongs to the user name. It is never shown again after saving.",
            SecretKind(max_length=100),
            wanted,
        ),
    )


def security(protocol: str, *choices: Choice) -> Setting:
    return row(
        protocol,
        "security",
        "Encryption",
        "Encrypts what is sent. Without it, records and password can be read on the way.",
        ChoiceKind(choices=choices),
        factory=choices[0].value,
    )
