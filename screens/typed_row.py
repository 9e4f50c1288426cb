"""The rows of a form that are typed into: numbers, texts and secrets."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from core.api import SettingView
from screens.checks import range_words
from screens.row_drawing import columns_for
from screens.rows import SettingRow
from screens.text_edit import TextEdit
from screens.texts import _

NUMBER_WIDTH = 7
TEXT_WIDTH = 34


class TypedRow(SettingRow, can_focus=False):
    """A field between brackets, with its unit and range behind it."""

    def __init__(self, view: SettingView) -> None:
        super().__init__(view)
        self._known = ""

    def compose(self) -> ComposeResult:
        self._known = self.typed
        yield TextEdit(self._known, password=self.view.kind == "secret", width=self.field_width)

    @property
    def field_width(self) -> int:
        if self.view.kind == "number":
            return NUMBER_WIDTH
        return min(TEXT_WIDTH, (self.view.max_length or TEXT_WIDTH) + 1)

    @property
    def editor(self) -> Widget:
        return self.query_one(TextEdit)

    def value_content(self) -> Content:
        tail = range_words(self.view)
        if self.view.kind == "secret":
            tail = _("set") if self.view.set else _("not set")
        return Content(f"[{' ' * self.field_width}] {tail}".rstrip())

    def on_mount(self) -> None:
        self.place_field()
        super().on_mount()

    def on_resize(self) -> None:
        self.place_field()
        super().on_resize()

    def place_field(self) -> None:
        self.editor.styles.margin = (0, 0, 0, columns_for(self.size.width).value_at + 1)

    def on_descendant_focus(self) -> None:
        self.redraw()

    def on_descendant_blur(self) -> None:
        self.redraw()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self.typed:
            self._known = event.value
            self.put(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.entered()

    def entered(self) -> None:
        """Enter was pressed."""
        self.screen.focus_next()

    def redraw(self) -> None:
        # The editor may be some keys ahead of what it has told: only what came from elsewhere is put into it.
        if self.typed != self._known:
            self._known = self.typed
            self.query_one(TextEdit).value = self._known
        super().redraw()
