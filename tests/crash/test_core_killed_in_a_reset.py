"""Killed at any step of a reset: all is there or all has gone, and the station starts and charges."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.api import Origin, RecordQuery, Vehicle
from core.resetting.order import Order, give
from core.resetting.tables import emptied_by
from tests.core.resetting.full import UID, charge, fill, records, uids
from tests.crash.reaching import entrance, station
from tests.crash.sessions_file import repeatable
from tests.effort import IS_LONG
from tests.stations import PASSWORDS, log_in, running_station

STEPS = 1_000_000 if IS_LONG else 8
KILLED = 40 if IS_LONG else 1
KINDS = ("factory_reset", "personal_data")


def deaths(what: str, template: Path, work: Path) -> list[dict[str, Any]]:
    """What every death left behind, and what the next start made of it."""
    work.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash.dying_reset", what, str(template), str(work), str(STEPS)],
        capture_output=True,
        text=True,
        check=True,
        timeout=3600 if IS_LONG else 120,
    )
    total, *lines = done.stdout.splitlines()
    assert len(lines) >= 0.9 * min(STEPS, int(total))
    return [json.loads(line) for line in lines]


@pytest.fixture
async def template(tmp_path: Path) -> Path:
    folder = tmp_path / "template"
    async with running_station("parking-2", folder) as core:
        await fill(core)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
async def test_a_reset_that_is_cut_off_has_done_all_or_nothing_and_is_finished_by_the_next_start(
    kind: str, template: Path, tmp_path: Path
) -> None:
    give(template, Order(kind=kind, account="admin", origin="test", ordered=datetime.now(UTC)))  # type: ignore[arg-type]
    emptied = emptied_by(kind)  # type: ignore[arg-type]
    found = deaths("carry_out", template, tmp_path / "work")
    before = found[0]["dead"]
    seen = set()
    for death in found:
        left = [name for name in emptied if death["dead"][name]]
        assert left in ([], [name for name in emptied if before[name]]), death
        seen.add(bool(left))
        assert death["ordered"] or not left
        assert not any(death["next"][name] for name in emptied)
        assert death["next"]["log"] == before["log"] + 1
        assert [name for name in death["files"] if "copies" not in name and "sqlite" not in name] == [
            name
            for name in ("secret.key", "ssh_host_ed25519")
            if kind == "personal_data" or name != "secret.key"
        ]
        assert len([name for name in death["files"] if name.startswith("copies/")]) == 1
    assert seen == {True, False}


@pytest.mark.slow
async def test_an_order_that_was_cut_off_while_it_was_written_is_there_or_not(
    template: Path, tmp_path: Path
) -> None:
    found = deaths("give", template, tmp_path / "work")
    assert {death["ordered"] for death in found} == {True, False}
    for death in found:
        went = not any(death["next"][name] for name in emptied_by("factory_reset"))
        assert went is death["ordered"]
        assert death["dead"] == found[0]["dead"]


async def test_a_station_that_was_killed_in_its_reset_starts_and_charges(
    template: Path, tmp_path: Path
) -> None:
    give(template, Order(kind="factory_reset", account="admin", origin="test", ordered=datetime.now(UTC)))
    work = tmp_path / "work"
    work.mkdir()
    shutil.copytree(template, work / "folder")
    script = "import sys; from pathlib import Path; from tests.crash.dying_reset import dead_at;"
    script += "assert dead_at('carry_out', Path(sys.argv[1]), 700) is None"
    words = [sys.executable, "-c", script, str(work / "folder")]
    await asyncio.to_thread(subprocess.run, words, check=True, timeout=60)
    async with running_station("parking-2", work / "folder") as core:
        assert await uids(core) == [UID]
        await charge(core, UID)
        assert [record.number for record in await records(core)] == [1]


@pytest.mark.slow
async def test_a_core_that_is_killed_again_and_again_in_its_resets_comes_back_as_from_the_factory(
    tmp_path: Path,
) -> None:
    chance = repeatable(7)
    async with running_station("parking-2", tmp_path) as core:
        await (await log_in(core, "local")).add_badge(UID)
    for _ in range(KILLED):
        async with running_core(tmp_path):
            at = await station(tmp_path)
            await at.change_password("admin", PASSWORDS["admin"])
            await at.sim_plug(1, Vehicle())
            await at.sim_badge("04A1B2C3", 1)
            await at.factory_reset("now")
            # The restart and the reset take about a second.
            await asyncio.sleep(chance.uniform(0, 1.2))
        async with running_core(tmp_path):
            at = await station(tmp_path)
            assert [badge.uid for badge in (await at.badges()).badges] == [UID]
            assert (await at.records(RecordQuery())).total == 0
            assert (await at.status()).errors == ()
            door = await entrance(tmp_path)
            opened = await door.log_in("admin", "ADMIN", Origin(kind="ssh", address="::1"))
            assert (await opened.whoami()).password_must_change


@asynccontextmanager
async def running_core(folder: Path) -> AsyncIterator[None]:
    """Core as a process of its own, which is killed at the end; a restart keeps its number."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "core", "--data", str(folder)), stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.kill()
        await process.wait()
