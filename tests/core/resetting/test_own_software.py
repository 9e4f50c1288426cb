"""A reset at rest is done by the software that keeps the data, never by an older one or for another user."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.at_rest import factory_reset
from core.database import DATABASE_FILE
from core.errors import NotAllowed
from core.firmware import marker
from core.firmware.slots import Slots


def test_where_a_package_of_another_user_runs_that_user_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / DATABASE_FILE).touch()
    marker.write_marker(tmp_path, Slots(active="a", active_version="0.2.0", beside="0.1.0"))
    if os.geteuid() == 0:
        for path in (tmp_path, marker.firmware_folder(tmp_path)):
            os.chown(path, 4242, 4242)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(NotAllowed, match="Run the command as the user"):
        factory_reset(tmp_path)
    assert not (tmp_path / "reset-ordered").exists()
