"""The rows of a form that are not typed into: choices, toggles and what can only be read."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from core.api import SettingView
from screens.checks import problem as problem_of
from screens.cleaned import cleaned
from screens.console import Console, console_of
from screens.pick_list import Pick, PickList
from screens.row_drawing import RowText, columns_for, row_lines
from screens.texts import _


class SettingRow(Widget, can_focus=True):
    """A setting: what it is called, its value, whether it was edited and what is wrong with it."""

    class Edited(Message):
        """The row `key` was edited."""

        def __init__(self, key: str) -> None:
            self.key = key
            super().__init__()

    def __init__(self, view: SettingView, *, idle: str = "") -> None:
        """`idle` says why the setting does not matter now."""
        super().__init__(classes="row")
        self.view = view
        self.idle = idle
        self.beside = ""
        self.below = ""

    @property
    def console(self) -> Console:
        return console_of(self)

    @property
    def typed(self) -> str:
        """The value shown: as typed, else as saved."""
        return self.console.visit.edits.shown(self.view)

    @property
    def editor(self) -> Widget:
        """What takes the focus for this row."""
        return self

    @property
    def is_here(self) -> bool:
        return self.editor.has_focus

    def value_content(self) -> Content:
        """The value as it stands behind the label."""
        if self.idle:
            return Content.styled(self.idle, "dim")
        words = self.view.shown or self.console.visit.words(self.view.key, self.view.value)
        if self.view.kind == "secret":
            words = _("set") if self.view.set else _("not set")
        elif self.view.kind == "toggle":
            return Content(toggle_words(self.view, self.typed))
        elif self.view.kind == "choice":
            words = _(words)
        return Content(cleaned(words, ascii_only=self.console.terminal.ascii) or "-")

    def was_words(self) -> str:
        """The saved value of an edited row."""
        if self.view.kind == "toggle":
            return _("was: {value}").format(value=toggle_words(self.view, str(self.view.value)))
        words = _(self.console.visit.words(self.view.key, self.view.value))
        if self.view.kind == "secret":
            words = _("set") if self.view.set else _("not set")
        return _("was: {value}").format(value=cleaned(words) or "-")

    def lines(self) -> list[Content]:
        edits = self.console.visit.edits
        changed = self.view.key in edits
        problem = edits.problems.get(self.view.key, "")
        text = RowText(
            label=_(self.view.label),
            value=self.value_content(),
            mark=self.console.glyphs.here if self.is_here else " ",
            changed=changed,
            was=self.was_words() if changed else "",
            beside=self.beside,
            note=self.restart_note() or ("" if problem else self.below),
            problem=problem,
        )
        return row_lines(text, columns_for(self.size.width))

    def restart_note(self) -> str:
        """Says what the station follows until its restart, or as long as it is on trial."""
        if self.view.key in self.console.visit.edits:
            return ""
        if self.view.running is None:
            return _("on trial: another one, not shown") if self.view.on_trial else ""
        running = _(self.console.visit.words(self.view.key, self.view.running))
        says = _("on trial: {value}") if self.view.on_trial else _("until the restart: {value}")
        return says.format(value=cleaned(running))

    def say(self, *, beside: str = "", below: str = "") -> None:
        """Say something that follows from the value, behind it and on a line of its own."""
        if (beside, below) != (self.beside, self.below):
            self.beside, self.below = beside, below
            self.redraw()

    def render(self) -> Content:
        return Content("\n").join(self.lines())

    def redraw(self) -> None:
        """Draw the row again; its height follows from what it says."""
        height = len(self.lines())
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.refresh()

    def on_mount(self) -> None:
        self.redraw()

    def on_resize(self) -> None:
        self.redraw()

    @property
    def cursor_at(self) -> Offset:
        return Offset(columns_for(self.size.width).value_at, 0)

    def put(self, typed: str) -> None:
        """Take what was typed or chosen into the edits, with what can be said of it at once."""
        edits = self.console.visit.edits
        edits.put(self.view, typed)
        found = problem_of(self.view, typed) if self.view.key in edits else ""
        if found:
            edits.problems[self.view.key] = found
        self.redraw()
        self.post_message(self.Edited(self.view.key))


def toggle_words(view: SettingView, value: str) -> str:
    """`[x]` or `[ ]`, and the word of a setting that has words of its own for it."""
    mark = "[x]" if value == "yes" else "[ ]"
    words = {choice.value: choice.label for choice in view.choices}
    if words.get("yes", "Yes") == "Yes":
        return mark
    return f"{mark} {_(words[value])}" if value in words else mark


class ToggleRow(SettingRow):
    """`[x]` or `[ ]`; Space changes it."""

    BINDINGS: ClassVar[list[BindingType]] = [("space,enter", "switch")]

    def value_content(self) -> Content:
        return Content(self.idle) if self.idle else Content(toggle_words(self.view, self.typed))

    def action_switch(self) -> None:
        self.put("no" if self.typed == "yes" else "yes")


class ChoiceRow(SettingRow):
    """`(*) This  ( ) That`, or `< This >` where the choices do not fit on the line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("space,right", "turn(1)"),
        ("left", "turn(-1)"),
        ("enter", "choose"),
    ]

    @property
    def labels(self) -> list[tuple[str, str]]:
        return [(choice.value, _(choice.label)) for choice in self.view.choices]

    def value_content(self) -> Content:
        if self.idle:
            return Content.styled(self.idle, "dim")
        radio = "  ".join(f"({'*' if value == self.typed else ' '}) {label}" for value, label in self.labels)
        if len(radio) <= columns_for(self.size.width).value_width:
            return Content(radio)
        label = next((label for value, label in self.labels if value == self.typed), self.typed)
        return Content(f"< {label} >")

    def action_turn(self, by: int) -> None:
        values = [choice.value for choice in self.view.choices]
        if not values:
            return
        at = values.index(self.typed) if self.typed in values else -by
        self.put(values[(at + by) % len(values)])

    @work(group="asking", exclusive=True)
    async def action_choose(self) -> None:
        chosen = await self.app.push_screen_wait(
            PickList(
                _(self.view.label),
                [Pick(value=value, words=words) for value, words in self.labels],
                current=self.typed,
            )
        )
        if chosen:
            self.put(chosen)
