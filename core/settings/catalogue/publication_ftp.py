"""Settings of Publication to an FTP server."""

from __future__ import annotations

from core.settings.catalogue.publication_rows import NO_SECURITY, TLS, log_in, port, row, security, server
from core.values.setting import Right, ToggleKind

FTP = (
    server("ftp"),
    *log_in("ftp"),
    port("ftp", "FTP port", 1, 9999, 21, Right.NONE),
    row(
        "ftp",
        "passive_mode",
        "Passive mode",
        "On where a router or firewall stands between the station and the server.",
        ToggleKind(yes="On", no="Off"),
        factory="no",
    ),
    security("ftp", NO_SECURITY, TLS),
)
