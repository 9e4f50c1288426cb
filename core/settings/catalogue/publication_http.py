"""Settings of Publication to a web server."""

from __future__ import annotations

from core.settings.catalogue.publication_rows import NO_SECURITY, TLS, log_in, port, row, security, server
from core.values.setting import Right, TextKind

HTTP = (
    server("http"),
    *log_in("http"),
    port("http", "HTTP port", 1, 9999, 80, Right.NONE),
    row(
        "http",
        "path",
        "Path",
        "Where on the server the file is sent to, such as /upload/records.",
        TextKind(max_length=99, form="path"),
    ),
    row(
        "http",
        "field_name",
        "Field name",
        "The name of the form field that the server expects the file in.",
        TextKind(max_length=49),
    ),
    security("http", NO_SECURITY, TLS),
)
