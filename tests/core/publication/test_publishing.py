"""A running station publishes its records: at the end of periods, once each, whatever happens on the way."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.api import LogQuery
from core.clock import SimulatedClock
from core.errors import Invalid, NotAllowed, StorageFull
from core.publication import table
from core.storage import Act
from tests.core.cdrs.csv_reader import parse
from tests.core.publication.publisher import (
    PATIENCE,
    advance,
    by_files,
    by_web,
    charge,
    has_failed,
    is_done,
    set_up,
    step_to,
    turn,
    until,
)
from tests.peers.cable import Cable, unused_port
from tests.peers.file_server import FileServer
from tests.peers.web_server import WebServer
from tests.stations import NOON, log_in, running_station

TO_MIDNIGHT = timedelta(hours=12, minutes=1)


def numbers(server: WebServer) -> list[int]:
    """The records that arrived, each file counted once, in the order of its first arrival."""
    return [
        line.number
        for upload in server.delivered_once().values()
        for line in reversed(parse(upload.content.decode()))
    ]


async def test_records_are_sent_at_0_01_and_never_again(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, WebServer() as server:
        await charge(core, 3)
        await set_up(core, by_web(server.port))
        assert server.uploads == []
        await advance(core, TO_MIDNIGHT - timedelta(minutes=1))
        assert server.uploads == []
        await advance(core, timedelta(minutes=1))
        await until(core, is_done)
        await charge(core, 2)
        await advance(core, timedelta(days=1))
        status = await until(core, is_done)
    assert numbers(server) == [1, 2, 3, 4, 5]
    assert [upload.name.split("_", 1)[1] for upload in server.uploads] == [
        "2026-03-02_000001-000003.csv",
        "2026-03-03_000004-000005.csv",
    ]
    assert status.last_sent is not None
    assert (status.last_sent.first, status.last_sent.last) == (4, 5)
    assert status.next == datetime(2026, 3, 5, 0, 1, tzinfo=UTC)
    assert status.failed is None


async def test_no_0_01_is_lost_when_the_clocks_go_forward(tmp_path: Path) -> None:
    clock = SimulatedClock(start=datetime(2026, 3, 28, 22, 59, tzinfo=UTC), speed=0)
    async with running_station("parking-2", tmp_path, clock=clock) as core, WebServer() as server:
        await set_up(core, {**by_web(server.port), "time.zone": "Europe/Paris"})
        for night, hours in enumerate((0, 23, 24)):
            # The night in which they change is an hour shorter: it is 0:00 each time.
            await advance(core, timedelta(hours=hours) + timedelta(minutes=1 if night == 0 else -1))
            await charge(core, 1)
            assert len(server.uploads) == night
            await advance(core, timedelta(minutes=1))
            await until(core, is_done)
    periods = [upload.name.split("_")[1] for upload in server.uploads]
    assert periods == ["2026-03-28", "2026-03-29", "2026-03-30"]


async def test_a_clock_that_is_set_past_0_01_publishes_at_once(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, WebServer() as server:
        await charge(core, 1)
        await set_up(core, by_web(server.port, "monthly"))
        await step_to(core, NOON + timedelta(days=400))
        await until(core, is_done)
        await step_to(core, NOON + timedelta(days=399))
        await charge(core, 1)
        await step_to(core, NOON + timedelta(days=400))
        status = await core.parts.publication.status()
    assert numbers(server) == [1]
    assert status.waiting == 1


async def test_what_a_station_that_was_off_has_missed_is_sent_at_its_start(tmp_path: Path) -> None:
    async with WebServer() as server:
        async with running_station("parking-2", tmp_path) as core:
            await charge(core, 2)
            await set_up(core, by_web(server.port))
        async with running_station("parking-2", tmp_path) as core:
            await step_to(core, NOON + timedelta(days=3))
            await until(core, is_done)
    assert numbers(server) == [1, 2]
    assert len(server.uploads) == 1


async def test_a_failure_is_shown_and_tried_again_later_and_later_until_it_works(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, WebServer() as server:
        station = await log_in(core)
        await charge(core, 2)
        await set_up(core, by_web(server.port))
        server.kill()
        await advance(core, TO_MIDNIGHT)
        status = await until(core, has_failed)
        assert status.failed is not None
        assert (status.failed.tries, status.failed.step) == (1, "Connect")
        assert status.retry == core.parts.clock.now() + timedelta(minutes=1)
        await turn(core)
        errors = {error.name: error for error in (await station.status()).errors}
        assert errors["Publication failed"].sub_tab == "publication"
        await advance(core, timedelta(minutes=1))
        status = await until(core, lambda now: now.failed is not None and now.failed.tries == 2)
        await charge(core, 1)
        await advance(core, timedelta(minutes=1))
        server.start()
        await advance(core, timedelta(minutes=1))
        await until(core, lambda now: now.failed is None and not now.sending)
        await turn(core)
        assert "Publication failed" not in {error.name for error in (await station.status()).errors}
    assert numbers(server) == [1, 2]


async def test_a_fault_inside_the_station_is_told_like_any_other_and_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running_station("parking-2", tmp_path) as core, WebServer() as server:
        await charge(core, 1)
        await set_up(core, by_web(unused_port()))
        await advance(core, TO_MIDNIGHT)
        await until(core, has_failed)

        async def be_packed_for(zone: str) -> None:
            await core.parts.storage.write(lambda link: link.execute("UPDATE parcels SET zone = ?", (zone,)))

        await be_packed_for("Nowhere/Anymore")
        await set_up(core, by_web(server.port))
        status = await until(core, lambda now: now.failed is not None and now.failed.tries == 2)
        assert status.failed is not None
        assert "inside the station" in status.failed.said
        assert "could not be sent" in caplog.text
        await be_packed_for("UTC")
        await advance(core, timedelta(minutes=2))
        await until(core, is_done)
    assert numbers(server) == [1]


async def test_a_file_that_arrived_while_the_disk_is_full_is_not_sent_again_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_station("parking-2", tmp_path) as core, WebServer() as server:
        storage, station = core.parts.storage, await log_in(core)
        await charge(core, 2)
        await set_up(core, by_web(server.port))
        written, refused = storage.write, asyncio.Event()

        async def full_once_it_arrived(act: Act[Any]) -> object:
            if server.uploads:
                refused.set()
                raise StorageFull("The station's disk is full: nothing was saved.")
            return await written(act)

        with monkeypatch.context() as patched:
            patched.setattr(storage, "write", full_once_it_arrived)
            await advance(core, TO_MIDNIGHT)
            async with asyncio.timeout(PATIENCE):
                await refused.wait()
            asked = asyncio.ensure_future(station.publish_now())
            await advance(core, timedelta(days=1))
            with pytest.raises(StorageFull):
                await asked
        await charge(core, 1)
        await until(core, lambda now: now.published == 2 and not now.sending)
        assert (await station.publish_now()).waiting == 0
    assert [upload.name.rpartition("_")[2] for upload in server.uploads] == [
        "000001-000002.csv",
        "000003-000003.csv",
    ]


@pytest.mark.parametrize(("word", "passed_on"), [(b"POST", True), (b"HTTP/1.", False)])
async def test_a_connection_that_breaks_repeats_the_same_file(
    tmp_path: Path, word: bytes, passed_on: bool
) -> None:
    async with (
        running_station("parking-2", tmp_path) as core,
        WebServer() as server,
        Cable(server.port) as cable,
    ):
        await charge(core, 40)
        await set_up(core, by_web(cable.port))
        cable.cut_at(word, said_by="server" if word == b"HTTP/1." else "client", passed_on=passed_on)
        await advance(core, TO_MIDNIGHT)
        await until(core, has_failed)
        await set_up(core, {"publication.decimal_separator": "dot", "time.zone": "Asia/Tokyo"})
        await until(core, is_done)
    assert numbers(server) == list(range(1, 41))
    assert len({(upload.name, upload.content) for upload in server.uploads}) == 1


async def test_what_waits_goes_to_the_new_server_in_its_old_order(tmp_path: Path) -> None:
    folder = tmp_path / "received"
    folder.mkdir()
    async with running_station("parking-2", tmp_path / "station") as core, FileServer(folder) as server:
        await charge(core, 2)
        await set_up(core, by_web(unused_port()))
        await advance(core, TO_MIDNIGHT)
        await until(core, has_failed)
        await charge(core, 2)
        await set_up(core, by_files(server.port))
        await until(core, lambda now: now.files == 0)
        await advance(core, timedelta(days=1))
        await until(core, is_done)
    assert [name.split("_")[2] for name in sorted(server.files)] == ["000001-000002.csv", "000003-000004.csv"]


async def test_publish_now_sends_everything_without_waiting_for_a_period(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, WebServer() as server:
        station = await log_in(core)
        await charge(core, 3)
        await set_up(core, by_web(server.port, "disabled"))
        outcome = await station.publish_now()
        assert (outcome.records, outcome.waiting, outcome.failed) == (3, 0, None)
        assert (await station.publish_now()).records == 0
        await charge(core, 1)
        server.status = 500
        outcome = await station.publish_now()
        assert (outcome.records, outcome.waiting) == (0, 1)
        assert outcome.failed is not None
        assert "Answer 500" in outcome.failed.said
        assert (await station.publication()).retry is None
        server.status = 201
        assert (await station.publish_now()).records == 1
        actions = [entry.action for entry in await station.log(LogQuery())]
    assert numbers(server) == [1, 2, 3, 4]
    assert actions.count("publication_asked") == 4
    assert actions.count("published") == 2
    assert actions.count("publication_failed") == 1


async def test_many_records_go_in_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running_station("parking-2", tmp_path) as core, WebServer() as server:
        station = await log_in(core)
        await charge(core, table.MOST_RECORDS + 1)
        await set_up(core, by_web(server.port, "disabled"))
        outcome = await station.publish_now()
    assert outcome.records == table.MOST_RECORDS + 1
    assert len(outcome.files) == 2
    assert numbers(server) == list(range(1, table.MOST_RECORDS + 2))


async def test_publish_now_says_which_settings_are_missing(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        station = await log_in(core)
        with pytest.raises(Invalid) as refused:
            await station.publish_now()
    assert [problem.key for problem in refused.value.problems] == [
        "publication.smtp.server",
        "publication.smtp.sender",
        "publication.smtp.receivers",
    ]


async def test_disabled_keeps_what_waits_and_says_no_more_of_it(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await charge(core, 2)
        await set_up(core, by_web(unused_port()))
        await advance(core, TO_MIDNIGHT)
        await until(core, has_failed)
        await set_up(core, {"publication.frequency": "disabled"})
        await until(core, lambda now: now.retry is None)
        await turn(core)
        status = await core.parts.publication.status()
        names = {error.name for error in (await (await log_in(core)).status()).errors}
    assert (status.waiting, status.next) == (2, None)
    assert "Publication failed" not in names


async def test_the_connection_is_tested_with_what_is_entered_and_nothing_is_sent(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, WebServer() as server:
        station = await log_in(core)
        await charge(core, 1)
        test = await station.test_publication(by_web(server.port))
        assert test.ok
        assert [step.name for step in test.steps][:2] == ["Find the server", "Connect"]
        assert (await station.publication()).test == test
        wrong = await station.test_publication({**by_web(server.port), "publication.http.path": "/nowhere"})
        assert wrong.ok is False
        assert "Check Path" in wrong.steps[-1].said
        views = {view.key: view.value for view in await station.settings()}
    assert server.uploads == []
    assert views["publication.protocol"] == "smtp"


async def test_a_user_sees_the_result_but_not_the_way_and_publishes_nothing(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await charge(core, 1)
        await set_up(core, by_web(unused_port()))
        await advance(core, TO_MIDNIGHT)
        await until(core, has_failed)
        user = await log_in(core, "user")
        status = await user.publication()
        assert status.failed is not None
        assert (status.failed.tries, status.failed.step, status.failed.said) == (1, "", "")
        for call in (user.publish_now, user.test_publication):
            with pytest.raises(NotAllowed):
                await call()
