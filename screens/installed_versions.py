"""The installed versions as lines, one a charge point."""

from __future__ import annotations

from textual.content import Content

from core.api import Hardware
from screens.cleaned import cleaned, fitted
from screens.texts import _


def version_lines(hardware: Hardware) -> list[Content]:
    """The versions of board, tool and reader under their heads."""
    head = f"{fitted(_('Socket-outlet'), 16)}{fitted(_('Electronic board'), 20)}"
    head += f"{fitted(_('Commissioning tool'), 20)}{_('RFID reader')}"
    return [Content.styled(head, "bold")] + [
        Content(
            fitted(cleaned(row.designation), 16)
            + fitted(cleaned(row.board) or "-", 20)
            + fitted(cleaned(row.tool) or "-", 20)
            + (cleaned(row.reader) or "-")
        )
        for row in hardware.versions
    ]
