"""The maintenance report as a file: made anew, then the Transfer dialog."""

from __future__ import annotations

from screens.console import Console
from screens.file_channel import offered_bytes
from screens.report.document import document
from screens.report.page import html_of
from screens.transfer import send_file


async def export(console: Console, *, personal: bool = False) -> None:
    """Send the report of this moment, with identifiers and comments of badges where `personal`.

    Must run in a worker.
    """
    asked = console.visit.station.report(uids=personal, comments=personal, exported=True)
    report = await console.attempt(asked)
    if report is None:
        return
    command = "report --html --with-uids --with-comments" if personal else "report --html"
    page = html_of(document(report)).encode()
    await send_file(console, offered_bytes("report.html", page, command=command))
