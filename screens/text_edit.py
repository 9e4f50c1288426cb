"""A field of one line for typing, with only the keys that every terminal program lets through."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import Input


class TextEdit(Input, inherit_bindings=False):
    """Textual's input without blinking, clipboard, selection and the keys of terminal programs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("left", "cursor_left"),
        ("right", "cursor_right"),
        ("home", "home"),
        ("end,ctrl+e", "end"),
        ("backspace,ctrl+h", "delete_left"),
        ("delete,ctrl+d", "delete_right"),
        ("ctrl+u", "delete_left_all"),
        ("ctrl+k", "delete_right_all"),
        ("ctrl+w", "delete_left_word"),
        ("enter", "submit"),
    ]

    def __init__(
        self,
        value: str = "",
        *,
        id: str | None = None,  # noqa: A002 -- Textual's own name for it.
        password: bool = False,
        max_length: int | None = None,
        width: int | None = None,
    ) -> None:
        super().__init__(
            value,
            id=id,
            password=password,
            max_length=max_length or 0,
            compact=True,
            select_on_focus=False,
        )
        self.cursor_blink = False
        if width is not None:
            self.styles.width = width
