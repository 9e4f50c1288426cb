"""Pictures of the screen: SVG without the addresses of fonts, compared with those that were looked at."""

from __future__ import annotations

import re

from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]

from screens.app import ConsoleApp

FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


class Picture(SVGImageExtension):  # type: ignore[misc]
    """Stored beside the tests, one file a picture."""


def picture_of(app: ConsoleApp) -> str:
    """The screen as it is now."""
    return FONT_FACE.sub("", app.export_screenshot(title="evtty"))
