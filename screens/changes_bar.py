"""The bar for unsaved changes: how many, whether a restart is needed, and what to do with them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from screens.buttons import Button
from screens.texts import _, ngettext


class ChangesBar(Horizontal):
    """Shown while there are unsaved changes."""

    def compose(self) -> ComposeResult:
        yield Static(id="changes")
        yield Button(_("Review"), "review")
        yield Button(_("Save"), "save")
        yield Button(_("Save and restart"), "save_and_restart")
        yield Button(_("Discard"), "discard")

    def show(self, count: int, wrong: int, *, restart_needed: bool) -> None:
        """`wrong` of the `count` changes are refused as they stand."""
        self.display = count > 0
        if not count:
            return
        says = ngettext("{count} UNSAVED CHANGE", "{count} UNSAVED CHANGES", count).format(count=count)
        if wrong:
            says = _("{count} UNSAVED, {wrong} refused").format(count=count, wrong=wrong)
        elif restart_needed:
            says = _("{count} UNSAVED, restart").format(count=count)
        else:
            says += _(", no restart needed")
        self.query_one("#changes", Static).update(Content.styled(f" {says}", "bold $accent"))
        for button in self.query(Button):
            if button.action == "save_and_restart":
                button.display = restart_needed
