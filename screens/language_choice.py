"""Choosing the language of the interface."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from screens.console import console_of
from screens.texts import _


class LanguageChoice(Widget, can_focus=True):
    """`Language  < English >`; Left and Right change it."""

    BINDINGS: ClassVar[list[BindingType]] = [("right,space", "turn(1)"), ("left", "turn(-1)")]

    class Chosen(Message):
        """The language of the app has changed."""

    def render(self) -> Content:
        here = console_of(self).glyphs.here if self.has_focus else " "
        name = console_of(self).language.name
        return Content(f"{here}  {_('Language').ljust(10)}< {name} >   " + _("(Left/Right)"))

    @property
    def cursor_at(self) -> Offset:
        return Offset(15, 0)

    def action_turn(self, by: int) -> None:
        console = console_of(self)
        known = console.languages
        codes = [language.code for language in known]
        at = codes.index(console.language.code) if console.language.code in codes else 0
        chosen = known[(at + by) % len(known)]
        if chosen is not console.language:
            console.language = chosen
            self.post_message(self.Chosen())
