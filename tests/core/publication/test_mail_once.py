"""Charge records sent by e-mail: each in one letter, however often the server goes away in the middle."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from core.values.setting import Value
from tests.core.cdrs.csv_reader import parse
from tests.core.publication.publisher import advance, charge, has_failed, is_done, set_up, until
from tests.peers.cable import Cable
from tests.peers.mail_server import MailServer
from tests.stations import running_station

TO_MIDNIGHT = timedelta(hours=12, minutes=1)
MAIL_PORTS = range(587, 24, -1)


@pytest.fixture
def mail_port() -> int:
    """A port that the setting takes; only some machines let everybody listen at one."""
    for port in MAIL_PORTS:
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except PermissionError:
                pytest.skip("nobody but root may listen at ports of mail servers here")
            except OSError:
                continue
            return port
    raise RuntimeError("no port of mail servers is free")


def by_mail(port: int) -> Mapping[str, Value]:
    return {
        "publication.frequency": "daily",
        "publication.protocol": "smtp",
        "publication.smtp.server": "127.0.0.1",
        "publication.smtp.port": port,
        "publication.smtp.sender": "station@example.org",
        "publication.smtp.receivers": "a@example.org;b@example.org",
    }


def numbers(server: MailServer) -> list[int]:
    """The records that arrived, each letter counted once."""
    return [
        line.number
        for letter in server.delivered_once().values()
        for content in letter.files.values()
        for line in reversed(parse(content.decode()))
    ]


@pytest.mark.parametrize(
    ("word", "said_by_server", "letters"),
    [(b"RCPT", False, 1), (b"354", True, 1), (b"\r\n.\r\n", False, 2), (b"250 Taken", True, 2)],
    ids=["before-content", "before-its-end", "at-its-end", "during-the-answer"],
)
async def test_a_mail_server_lost_in_the_middle_gets_each_record_once(
    tmp_path: Path, mail_port: int, word: bytes, said_by_server: bool, letters: int
) -> None:
    async with (
        running_station("parking-2", tmp_path) as core,
        MailServer() as server,
        Cable(server.port, at=mail_port) as cable,
    ):
        await charge(core, 40)
        await set_up(core, by_mail(mail_port))
        cable.cut_at(word, said_by="server" if said_by_server else "client", passed_on=not said_by_server)
        await advance(core, TO_MIDNIGHT)
        status = await until(core, has_failed)
        assert cable.cuts == 1
        assert status.waiting == 40
        await advance(core, timedelta(minutes=1))
        await until(core, is_done)
    assert numbers(server) == list(range(1, 41))
    assert len(server.letters) <= letters
    assert len({tuple(letter.files.items()) for letter in server.letters}) == 1
