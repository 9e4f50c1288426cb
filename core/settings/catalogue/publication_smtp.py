"""Settings of Publication by e-mail."""

from __future__ import annotations

from core.settings.catalogue.publication_rows import (
    NO_SECURITY,
    STARTTLS,
    TLS,
    log_in,
    port,
    row,
    security,
    server,
)
from core.values.setting import Right, TextKind

SMTP = (
    server("smtp"),
    port("smtp", "Port", 25, 587, 25, Right.READ),
    *log_in("smtp"),
    row(
        "smtp",
        "sender",
        "Sender",
        "The e-mail address that the records come from.",
        TextKind(max_length=254, form="email"),
        user=Right.READ,
    ),
    row(
        "smtp",
        "receivers",
        "Receiver",
        "The e-mail addresses that get the records; several are separated by a semicolon without spaces.",
        TextKind(max_length=254, form="emails"),
        user=Right.READ,
    ),
    security("smtp", NO_SECURITY, STARTTLS, TLS),
)
