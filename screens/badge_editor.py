"""Editing a badge in its own line of the list: type and comment, and the identifier of a new one."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from core.api import LONGEST_COMMENT, BadgeType
from screens.badge_draft import BadgeDraft
from screens.badge_lines import TYPE_WIDTH, TYPES, UID_WIDTH, comment_width
from screens.cleaned import cleaned, fitted
from screens.console import console_of
from screens.labelled import Mark
from screens.text_edit import TextEdit
from screens.texts import _

ORDER: tuple[BadgeType, ...] = ("user", "vip", "admin")


class TypeChoice(Widget, can_focus=True):
    """`<User >`; Space changes it."""

    class Turned(Message):
        """Another type is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [("space,right", "turn(1)"), ("left", "turn(-1)")]

    def __init__(self, chosen: BadgeType) -> None:
        super().__init__()
        self.chosen = chosen

    def render(self) -> Content:
        words = fitted(_(TYPES[self.chosen]), TYPE_WIDTH - 4)
        return Content.styled(f"< {words} >"[:TYPE_WIDTH], "reverse" if self.has_focus else "")

    @property
    def cursor_at(self) -> Offset:
        return Offset(2, 0)

    def action_turn(self, by: int) -> None:
        self.chosen = ORDER[(ORDER.index(self.chosen) + by) % len(ORDER)]
        self.refresh()
        self.post_message(self.Turned())


class BadgeEditor(Horizontal):
    """Over the line of the badge; `Saved` and `Left` end it."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,ctrl+c", "leave"), ("enter", "save")]

    class Saved(Message):
        """Enter or Save: store what was entered."""

    class Left(Message):
        """Esc or Cancel: nothing is changed."""

    class Changed(Message):
        """Something else stands in the line now."""

    def __init__(self, draft: BadgeDraft, *, width: int) -> None:
        """`width` cells are there for the line."""
        super().__init__()
        self.begun_with = draft
        self.badge = draft.badge
        self.line_width = width

    def compose(self) -> ComposeResult:
        ascii_only = console_of(self).terminal.ascii
        yield Mark()
        if self.badge is None:
            yield Static(Content(f"{_('new'):>9} ["), classes="auto")
            yield TextEdit(self.begun_with.uid, id="uid", max_length=3 * UID_WIDTH, width=UID_WIDTH)
            yield Static(Content("]"), classes="auto")
        else:
            uid = fitted(cleaned(self.badge.uid, ascii_only=ascii_only), UID_WIDTH)
            yield Static(Content(f"    {self.badge.number:>5} {uid}  "), classes="auto")
        yield TypeChoice(self.begun_with.kind)
        yield Static(Content("["), classes="auto")
        width = comment_width(self.line_width) - 1
        yield TextEdit(self.begun_with.comment, id="comment", max_length=LONGEST_COMMENT, width=width)
        yield Static(Content("]"), classes="auto")

    def on_mount(self) -> None:
        self.first_field.focus()

    @property
    def first_field(self) -> TextEdit:
        return self.query_one("#uid" if self.badge is None else "#comment", TextEdit)

    @property
    def draft(self) -> BadgeDraft:
        """What stands in the line."""
        return BadgeDraft(
            badge=self.badge,
            uid=self.query_one("#uid", TextEdit).value if self.badge is None else self.badge.uid,
            kind=self.query_one(TypeChoice).chosen,
            comment=self.query_one("#comment", TextEdit).value,
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())

    def on_type_choice_turned(self) -> None:
        self.post_message(self.Changed())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        self.post_message(self.Saved())

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def on_descendant_focus(self) -> None:
        self._redraw()

    def on_descendant_blur(self) -> None:
        self._redraw()

    def _redraw(self) -> None:
        self.query_one(Mark).refresh()
        self.query_one(TypeChoice).refresh()
