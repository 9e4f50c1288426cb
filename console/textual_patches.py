"""What must be changed in Textual so that many apps live in one process without a terminal of its own.

Textual is pinned to one version, and a test guards each of these.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any, Final

SETTINGS: Final[Mapping[str, str]] = {
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_DISABLE_KITTY_KEY": "1",
    "TEXTUAL_SMOOTH_SCROLL": "0",
    "TEXTUAL_COLOR_SYSTEM": "truecolor",
    # A frame is ready sooner; what leaves is paced by the wire.
    "TEXTUAL_FPS": "120",
}
"""Read by Textual when it is imported."""

_SCRUBBED: Final = ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES", "TERM_PROGRAM", "LC_TERMINAL")
"""The daemon's own terminal, which is nobody's session."""


def prepare_environment(environment: MutableMapping[str, str] = os.environ) -> None:
    """Keep the environment of the daemon out of the sessions; call it before Textual is imported."""
    for name in list(environment):
        if name.startswith("TEXTUAL") or name in _SCRUBBED:
            del environment[name]
    environment.update(SETTINGS)


@contextmanager
def _untouched(_: Any) -> Iterator[None]:
    """Leave the process's standard streams alone."""
    yield


def apply_patches() -> None:
    """Change Textual for the whole process; once is enough, again does no harm."""
    from textual import app

    # Each app would put its own capture in place of sys.stdout, and the last to end leave a dead one there.
    for name in ("redirect_stdout", "redirect_stderr"):
        setattr(app, name, _untouched)
