"""The installed versions of board, commissioning tool and reader."""

from __future__ import annotations

from textual.app import ComposeResult

from screens.installed_versions import version_lines
from screens.lines import Lines
from screens.page import Page
from screens.texts import N_


class FirmwarePage(Page):
    """One row a charge point, named by the last byte of its address."""

    about = N_(
        "The versions installed on this station. Each charge point is named by the last byte of its "
        "IP address."
    )

    def compose(self) -> ComposeResult:
        yield Lines()

    def on_mount(self) -> None:
        self.query_one(Lines).focus()
        self.query_one(Lines).show(version_lines(self.visit.hardware))

    def first_focus(self) -> Lines:
        return self.query_one(Lines)
