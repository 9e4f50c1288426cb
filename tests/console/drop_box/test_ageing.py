"""What nobody took within a day is removed, whatever the calendar says."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from console.drop_box.ageing import KEPT_S, Ageing, clear_partial, found_in, sweep
from console.drop_box.shelf import KeptFile, Shelf
from core.api import LogQuery
from core.link import LinkServer
from tests.stations import log_in, running_station


@given(st.floats(min_value=0, max_value=4e9), st.floats(min_value=0, max_value=KEPT_S - 1))
def test_a_file_is_old_a_day_after_it_was_first_seen(at: float, seen: float) -> None:
    ageing = Ageing()
    found = [("admin", "incoming", KeptFile(name="a.csv", size=1, at=at))]
    assert ageing.old(found, 100.0) == []  # type: ignore[arg-type]
    assert ageing.old(found, 100.0 + seen) == []  # type: ignore[arg-type]
    assert ageing.old(found, 100.0 + KEPT_S) == found  # type: ignore[arg-type]


def test_a_file_that_was_sent_again_is_young_again() -> None:
    ageing = Ageing()
    assert ageing.old([("admin", "incoming", KeptFile(name="a.csv", size=1, at=1.0))], 0.0) == []
    assert ageing.old([("admin", "incoming", KeptFile(name="a.csv", size=1, at=2.0))], KEPT_S) == []


async def test_an_old_file_is_removed_and_logged(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        link = LinkServer(core.entrance, tmp_path)
        await link.start()
        upload = Shelf(tmp_path, "user", "incoming").receive("a.csv")
        upload.write(0, b"12345")
        upload.keep()
        local = await log_in(core, "local")
        events = local.events()
        await sweep(tmp_path, found_in(tmp_path))
        assert found_in(tmp_path) == []
        while not (expired := [one for one in await local.log(LogQuery()) if one.action == "file_expired"]):
            await anext(events)
        assert [entry.subject for entry in expired] == ["a.csv, 5 bytes"]
        await link.stop()


def test_what_a_killed_console_left_is_removed_but_not_what_is_being_written(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "admin", "incoming")
    running = shelf.receive("running.csv")
    (tmp_path / "drop-box/admin/incoming/.left.csv").write_bytes(b"x" * 100)
    clear_partial(tmp_path)
    assert [path.name for path in (tmp_path / "drop-box/admin/incoming").iterdir()] == [".running.csv"]
    running.write(0, b"1")
    running.keep()
    assert [file.name for file in shelf.files()] == ["running.csv"]
