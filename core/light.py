"""The status light of the station, as it is told and as the boards that carry one show it."""

from __future__ import annotations

from core.charge_points.hardware import Light
from core.parts import Parts


def light_now(parts: Parts) -> str:
    """`off` while the station restarts, else as its charge points make it (guide, Save and reboot)."""
    return "off" if parts.ending.is_restarting else parts.charging.light()


def show_light(parts: Parts, light: str) -> None:
    """Let the boards show it; those without a light are left alone."""
    for board in parts.boards:
        if isinstance(board, Light):
            board.show_light(light)
