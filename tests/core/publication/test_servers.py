"""Servers that die in the middle: before a file, while it comes, and after it came but before the answer."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from core.publication.transports import make_transport
from core.station import StationCore
from core.values.setting import Value
from tests.core.cdrs.csv_reader import parse
from tests.core.publication.publisher import by_files, by_web, charge, set_up
from tests.peers.cable import Cable
from tests.peers.file_server import FileServer
from tests.peers.mail_server import MailServer
from tests.peers.web_server import WebServer
from tests.stations import everything_in, log_in, running_station

CANARY = "Canary-passw0rd"
BY_MAIL: dict[str, Value] = {
    "publication.protocol": "smtp",
    "publication.smtp.server": "127.0.0.1",
    "publication.smtp.sender": "station@example.org",
    "publication.smtp.receivers": "records@example.org",
}
WORDS = {
    "smtp": {"before": b"MAIL FROM", "during": b"Message-ID", "after": b"250 Taken"},
    "ftp": {"before": b"USER", "during": b"STOR", "after": b"226 "},
    "http": {"before": b"POST", "during": b"Charge number", "after": b"HTTP/1."},
}
"""What is said on the line when the server dies; `after` is its answer, which never gets through."""


def numbers(contents: list[bytes]) -> list[int]:
    return sorted(line.number for content in contents for line in parse(content.decode()))


async def publish(core: StationCore, cable: Cable, word: bytes, *, answer: bool) -> None:
    """Publish over a cable that is cut once, charge, publish again until nothing waits."""
    station = await log_in(core)
    await charge(core, 4)
    cable.cut_at(word, said_by="server" if answer else "client", passed_on=False)
    failed = (await station.publish_now()).failed
    assert cable.cuts == 1
    assert failed is not None
    await charge(core, 2)
    outcome = await station.publish_now()
    assert (outcome.records, outcome.waiting, outcome.failed) == (6, 0, None)
    assert (await station.publish_now()).records == 0


@pytest.mark.parametrize("moment", ["before", "during", "after"])
async def test_by_mail_each_record_arrives_once(
    tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with MailServer() as server, Cable(server.port) as cable:
        # The settings know the ports of mail servers only, which others may not listen at.
        monkeypatch.setattr("core.assembly.make_transport", partial(make_transport, doors={25: cable.port}))
        async with running_station("parking-2", tmp_path) as core:
            await set_up(core, BY_MAIL)
            await publish(core, cable, WORDS["smtp"][moment], answer=moment == "after")
    assert len(server.letters) == (3 if moment == "after" else 2)
    letters = server.delivered_once().values()
    assert numbers([content for letter in letters for content in letter.files.values()]) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("moment", ["before", "during", "after"])
async def test_by_file_server_each_record_arrives_once(tmp_path: Path, moment: str) -> None:
    folder = tmp_path / "received"
    folder.mkdir()
    async with (
        running_station("parking-2", tmp_path / "station") as core,
        FileServer(folder) as server,
        Cable(server.port) as cable,
    ):
        await set_up(core, by_files(cable.port, "disabled"))
        await publish(core, cable, WORDS["ftp"][moment], answer=moment == "after")
        received = server.files
    assert numbers(list(received.values())) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("moment", ["before", "during", "after"])
async def test_by_web_server_each_record_arrives_once(tmp_path: Path, moment: str) -> None:
    async with (
        running_station("parking-2", tmp_path) as core,
        WebServer() as server,
        Cable(server.port) as cable,
    ):
        await set_up(core, by_web(cable.port, "disabled"))
        await publish(core, cable, WORDS["http"][moment], answer=moment == "after")
    assert len(server.uploads) == (3 if moment == "after" else 2)
    uploads = server.delivered_once().values()
    assert numbers([upload.content for upload in uploads]) == [1, 2, 3, 4, 5, 6]


async def test_a_password_is_nowhere_but_on_the_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    log_in_data: dict[str, Value] = {
        "publication.http.authentication": "yes",
        "publication.http.username": "station",
        "publication.http.password": CANARY,
    }
    async with WebServer(password=CANARY) as server:
        async with running_station("parking-2", tmp_path) as core:
            station = await log_in(core)
            await charge(core, 1)
            await set_up(core, {**by_web(server.port, "disabled"), **log_in_data})
            assert (await station.publish_now()).records == 1
            server.login = "station:another"
            await charge(core, 1)
            failed = (await station.publish_now()).failed
            test = await station.test_publication({"publication.http.password": f"{CANARY}2"})
            shown = repr((failed, test, await station.publication(), await station.settings()))
        assert failed is not None
        assert "did not accept the log-in" in failed.said
        assert CANARY not in shown + caplog.text
        assert CANARY.encode() not in everything_in(tmp_path)
