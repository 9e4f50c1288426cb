"""A server that is killed and comes back gets what it missed, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.publication.parcel import Undelivered
from core.publication.transports import make_transport
from tests.core.publication.transports.sending import PARCEL, QUICK, transport
from tests.core.settings.stations import fresh
from tests.peers.file_server import FileServer
from tests.peers.mail_server import MailServer
from tests.peers.web_server import WebServer


async def test_a_mail_server_that_comes_back_gets_the_letter_once() -> None:
    async with MailServer() as server:
        way = transport("smtp", port=server.port)
        await server.kill()
        with pytest.raises(Undelivered) as lost:
            await way.send(PARCEL)
        assert lost.value.certain
        await server.start()
        await way.send(PARCEL)
    assert [each.files for each in server.letters] == [{PARCEL.name: PARCEL.content}]


async def test_a_file_server_that_comes_back_gets_the_file_once(tmp_path: Path) -> None:
    async with FileServer(tmp_path) as server:
        way = transport("ftp", port=server.port)
        server.kill()
        with pytest.raises(Undelivered) as lost:
            await way.send(PARCEL)
        assert lost.value.certain
        server.start()
        await way.send(PARCEL)
        assert server.files == {PARCEL.name: PARCEL.content}


async def test_a_web_server_that_comes_back_gets_the_file_once() -> None:
    async with WebServer() as server:
        way = transport("http", port=server.port)
        server.kill()
        with pytest.raises(Undelivered) as lost:
            await way.send(PARCEL)
        assert lost.value.certain
        server.start()
        await way.send(PARCEL)
    assert [each.content for each in server.uploads] == [PARCEL.content]


async def test_the_settings_of_the_station_are_followed() -> None:
    settings = fresh(
        publication__protocol="smtp",
        publication__smtp__server="127.0.0.1",
        publication__smtp__port="25",
        publication__smtp__sender="station@example.org",
        publication__smtp__receivers="a@example.org;b@example.org",
    )
    async with MailServer() as server:
        doors = {25: server.port}
        await make_transport(settings, station="S", doors=doors, limits=QUICK).send(PARCEL)
    assert server.letters[0].receivers == ("a@example.org", "b@example.org")
