"""What the central system may have sent to a server: the maintenance report, the security log."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.audit import Note
from core.ocpp.together import together
from core.ocpp.transfers.uploading import Send, Uploading, Words
from core.ocpp.waits import Waits

LogType = Literal["DiagnosticsLog", "SecurityLog"]
DIAGNOSTICS = Words(
    "DiagnosticsStatusNotification",
    {"idle": "Idle", "uploading": "Uploading", "uploaded": "Uploaded", "failed": "UploadFailed"},
    "diagnostics",
)
LOGS = Words(
    "LogStatusNotification",
    {"idle": "Idle", "uploading": "Uploading", "uploaded": "Uploaded", "failed": "UploadFailure"},
    "log_for_supervision",
)

Write = Callable[[LogType, datetime | None, datetime | None], Awaitable[bytes]]
"""The content of a file, with the log entries from the first moment to the second."""


async def _nothing(_type: LogType, _since: datetime | None, _until: datetime | None) -> bytes:
    """Nobody writes files for this station."""
    return b""


@dataclass(kw_only=True)
class Uploads:
    """Both kinds of files, by the calls that order them; whoever can write them sets `write`."""

    diagnostics: Uploading
    logs: Uploading
    write: Write = _nothing

    async def run(self) -> None:
        """Send what is ordered, until cancelled."""
        await together(self.diagnostics.run(), self.logs.run())


def make_uploads(
    send: Send, waits: Waits, note: Callable[[Note], None], attention: Callable[[], None]
) -> Uploads:
    return Uploads(
        diagnostics=Uploading(DIAGNOSTICS, send, waits, note, attention),
        logs=Uploading(LOGS, send, waits, note, attention),
    )
