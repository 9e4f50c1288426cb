"""The data folder is one station's: others are refused, or wait for one that is about to end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.errors import Busy
from core.link.address import listening_socket, lock


def test_who_waits_for_the_folder_does_not_wait_for_a_station_that_listens(tmp_path: Path) -> None:
    held = lock(tmp_path)
    with listening_socket(tmp_path) as listener:
        listener.listen()
        with pytest.raises(Busy, match="already runs"):
            lock(tmp_path, patience=1e9)
    os.close(held)
