"""`about` names the product, its licence and its parts; with a factory password it says nothing."""

from __future__ import annotations

import json
from pathlib import Path

from console.host_key import host_key
from core.api import Origin
from tests.dialogues.in_process import answer
from tests.stations import log_in, running_station


async def test_about_names_the_key_and_the_licence_of_every_part(tmp_path: Path) -> None:
    key = host_key(tmp_path).get_fingerprint()
    async with running_station("parking-2", tmp_path) as core:
        user = await log_in(core, "user")
        said = (await answer(user, "about", tmp_path)).output.decode()
        assert key in said
        assert "Apache-2.0" in said
        told = json.loads((await answer(user, "about --json", tmp_path)).output)
        assert (told["schema"], told["program"], told["host_key"]) == ("evtty/about/1", "evtty", key)
        licences = {part["name"].lower(): part["licence"] for part in told["parts"]}
        assert licences["textual"] == "MIT"
        assert (await answer(user, "about")).output.decode().count("SHA256") == 0


async def test_with_a_factory_password_about_says_nothing(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        station = await core.entrance().log_in("user", "USER", Origin(kind="ssh", address="::1"))
        refused = await answer(station, "about", tmp_path)
        assert (refused.code, refused.output) == (4, b"")
