"""Pictures of the screen: SVG without the addresses of fonts, compared with those that were looked at."""

from __future__ import annotations

import re

from pytest_textual_snapshot import SVGImageExtension
from syrupy.location import PyTestLocation
from syrupy.types import SnapshotIndex

from screens.app import ConsoleApp

FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


class Picture(SVGImageExtension):  # type: ignore[misc]  # The plugin brings no types.
    """Stored beside the tests, one file a picture, under the picture's own name."""

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex) -> str:
        return f"{test_location.methodname}-{index}" if isinstance(index, int) else index


def picture_of(app: ConsoleApp) -> str:
    """The screen as it is now."""
    return FONT_FACE.sub("", app.export_screenshot(title="evtty"))
