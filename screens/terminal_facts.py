"""What the screens must know of the terminal they are drawn on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class TerminalFacts:
    """The terminal of one session.

    `profile` as in the terminal profiles, `description` what the log-in screen says of the link
    ("serial ttyS1 115200 8N1"), `terminal` what it says of the terminal ("VT102"), `ascii`: no character
    beyond ASCII, `themes`: names of the colour themes that may be chosen, the first is used, `rest`: seconds
    without a key before help is drawn and edits are checked (None: by the profile).
    """

    profile: Literal["full", "basic", "serial"] = "full"
    description: str = ""
    terminal: str = ""
    colour: bool = True
    ascii: bool = False
    themes: tuple[str, ...] = ("evtty-dark", "evtty-light", "evtty-contrast")
    rest: float | None = None

    @property
    def pause(self) -> float:
        """Seconds at rest before help and checks are drawn; a slow line carries keys first."""
        if self.rest is not None:
            return self.rest
        return 1.0 if self.profile == "serial" else 0.3


ASCII_TERMINAL = TerminalFacts(profile="serial", colour=False, ascii=True, themes=("evtty-plain",))
