"""The colour themes: dark, light, high contrast, and none at all for terminals without colour."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="evtty-dark",
    primary="#5fafd7",
    secondary="#87afaf",
    accent="#ffd75f",
    warning="#ffaf5f",
    error="#ff5f5f",
    success="#87d787",
    foreground="#d0d0d0",
    background="#121417",
    surface="#1c2026",
    panel="#262c34",
    dark=True,
)
LIGHT = Theme(
    name="evtty-light",
    primary="#005f87",
    secondary="#005f5f",
    accent="#875f00",
    warning="#875f00",
    error="#af0000",
    success="#005f00",
    foreground="#1c1c1c",
    background="#f5f5f0",
    surface="#e9e9e2",
    panel="#d8d8d0",
    dark=False,
)
CONTRAST = Theme(
    name="evtty-contrast",
    primary="#00ffff",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff8787",
    success="#00ff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
)
PLAIN = Theme(
    name="evtty-plain",
    primary="#d0d0d0",
    secondary="#d0d0d0",
    accent="#d0d0d0",
    warning="#d0d0d0",
    error="#d0d0d0",
    success="#d0d0d0",
    foreground="#d0d0d0",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
)
THEMES = (DARK, LIGHT, CONTRAST, PLAIN)
