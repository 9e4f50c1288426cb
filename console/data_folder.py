"""Where a station keeps what it knows, unless told otherwise."""

from __future__ import annotations

import os
from pathlib import Path

LOG = "evtty.log"
"""The log of an attached station and of the consoles in local terminals, in the data folder."""


def data_folder(given: str | None) -> Path:
    """`given`, else EVTTY_DATA, else the user's data folder for evtty; absolute."""
    chosen = given or os.environ.get("EVTTY_DATA")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("evtty", appauthor=False)
