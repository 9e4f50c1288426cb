"""General: the station's configuration as a file above the form of its settings."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens import config_file
from screens.buttons import Button
from screens.form import FormPage
from screens.rows import SettingRow
from screens.texts import N_, _


class GeneralPage(FormPage):
    """The general settings; the administrator exports and imports all settings here."""

    about = N_(
        "Export gives every setting of the station as a file, without passwords, keys and badges. Import "
        "takes such a file of a station of the same family: it shows every difference first, and takes all "
        "of it or nothing."
    )

    def compose(self) -> ComposeResult:
        if self.visit.is_admin:
            with Horizontal(classes="line"):
                yield Static(Content(f"   {_('Station configuration (.cfg)')} "), classes="auto")
                yield Button(_("Import"), "import")
                yield Button(_("Export"), "export")
        yield from super().compose()

    def first_focus(self) -> Widget | None:
        """The first setting: the buttons stand above it, but nobody means them by opening the page."""
        row = next((row for row in self.query(SettingRow) if row.editor.focusable), None)
        return row.editor if row is not None else super().first_focus()

    @work(group="asking", exclusive=True)
    async def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        if message.action == "import":
            await config_file.take_over(self.console)
        else:
            await config_file.export(self.console)
