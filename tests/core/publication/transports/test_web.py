"""Parcels posted to a real web server."""

from __future__ import annotations

import msgspec
import pytest

from core.publication.parcel import Undelivered
from tests.core.publication.transports.sending import CANARY, PARCEL, names, transport, tried
from tests.peers.authority import server_context
from tests.peers.cable import Cable
from tests.peers.scripted import ScriptedServer
from tests.peers.web_server import WebServer


async def test_the_file_arrives_in_its_field_byte_for_byte() -> None:
    async with WebServer() as server:
        await transport("http", port=server.port, field_name="cdr").send(PARCEL)
    [upload] = server.uploads
    assert (upload.field, upload.name, upload.content) == ("cdr", PARCEL.name, PARCEL.content)
    assert upload.path == "/upload/records"


async def test_it_is_encrypted_and_logged_in() -> None:
    async with WebServer(context=server_context(), password=CANARY) as server:
        way = transport("http", port=server.port, security="tls", authentication="yes", server="localhost")
        await way.send(PARCEL)
        good, steps = await tried(way)
    assert [each.content for each in server.uploads] == [PARCEL.content]
    assert good
    assert names(steps) == ["Find the server", "Connect", "Encrypt", "Certificate", "Ask for the path"]
    assert CANARY not in repr(steps)


async def test_a_parcel_sent_again_has_the_same_key_and_name() -> None:
    async with WebServer() as server:
        for _ in range(2):
            await transport("http", port=server.port).send(PARCEL)
    assert len(server.uploads) == 2
    assert list(server.delivered_once()) == [f'"{PARCEL.name}"']


@pytest.mark.parametrize("path", ["upload/records", "/upload/records"])
async def test_a_path_may_begin_with_a_slash(path: str) -> None:
    async with WebServer() as server:
        await transport("http", port=server.port, path=path).send(PARCEL)
    assert len(server.uploads) == 1


async def test_a_path_may_bring_a_query_that_is_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    path = f"/upload?key={CANARY}"
    async with WebServer(path=path) as server:
        way = transport("http", port=server.port, path=path)
        await way.send(PARCEL)
        server.status = 500
        with pytest.raises(Undelivered) as refused:
            await way.send(PARCEL)
        _, steps = await tried(way)
    assert len(server.uploads) == 1
    assert CANARY not in str(refused.value)
    assert CANARY not in repr(steps)
    assert CANARY not in caplog.text


@pytest.mark.parametrize(
    ("status", "words", "certain"),
    [
        (302, "belongs elsewhere", True),
        (400, "Check Field name", True),
        (403, "does not let the station", True),
        (404, "Check Path", True),
        (413, "larger than", True),
        (418, "refused", True),
        (500, "has a fault", True),
        (502, "does not answer", False),
        (504, "does not answer", False),
        (507, "disk of 127.0.0.1 is full", True),
        (599, "tried again later", True),
    ],
)
async def test_anything_but_a_success_is_not_delivered(status: int, words: str, certain: bool) -> None:
    async with WebServer() as server:
        server.status = status
        with pytest.raises(Undelivered, match=words) as refused:
            await transport("http", port=server.port).send(PARCEL)
    assert refused.value.certain is certain
    assert f"Answer {status}" in refused.value.said


async def test_no_redirection_is_followed_and_only_its_origin_shown() -> None:
    async with WebServer() as server, WebServer() as other:
        server.status = 307
        server.location = f"http://127.0.0.1:{other.port}/upload/records?key={CANARY}"
        with pytest.raises(Undelivered, match=f"127.0.0.1:{other.port}") as refused:
            await transport("http", port=server.port).send(PARCEL)
    assert other.methods == []
    assert CANARY not in str(refused.value)


async def test_a_wrong_password_is_said_and_never_shown() -> None:
    async with WebServer(password="another") as server:
        way = transport("http", port=server.port, authentication="yes")
        with pytest.raises(Undelivered, match="did not accept the log-in") as refused:
            await way.send(PARCEL)
        good, steps = await tried(way)
    assert refused.value.certain
    assert not good
    assert "did not accept the log-in" in steps[-1].said
    assert CANARY not in str(refused.value) + repr(steps)


@pytest.mark.parametrize(
    ("head", "options", "allow", "good", "words"),
    [
        (200, 204, None, True, "knows the path"),
        (404, 204, "POST", True, "knows the path"),
        (405, 405, None, True, "shows when one is sent"),
        (405, 204, "GET, HEAD", True, "shows when one is sent"),
        (404, 404, None, False, "Check Path"),
        (301, 204, None, False, "belongs elsewhere"),
        (503, 204, None, False, "not ready"),
    ],
)
async def test_a_test_asks_for_the_path_and_sends_nothing(
    head: int, options: int, allow: str | None, good: bool, words: str
) -> None:
    async with WebServer() as server:
        server.statuses = {"HEAD": head, "OPTIONS": options}
        server.allow = allow
        went_well, steps = await tried(transport("http", port=server.port))
    assert went_well is good
    assert words in steps[-1].said
    assert server.uploads == []
    assert "POST" not in server.methods


@pytest.mark.parametrize(
    ("word", "said_by", "passed_on", "certain"),
    [
        (b"POST", "client", True, True),
        (b"Charge number", "client", True, False),
        (b"HTTP/1.", "server", False, False),
    ],
)
async def test_a_connection_cut_in_the_middle_tells_whether_it_may_have_arrived(
    word: bytes, said_by: str, passed_on: bool, certain: bool
) -> None:
    content = PARCEL.content * (1 if not certain else 30000)
    parcel = msgspec.structs.replace(PARCEL, content=content)
    async with WebServer() as server, Cable(server.port) as cable:
        cable.cut_at(word, said_by="client" if said_by == "client" else "server", passed_on=passed_on)
        way = transport("http", port=cable.port)
        with pytest.raises(Undelivered) as lost:
            await way.send(parcel)
        assert cable.cuts == 1
        assert lost.value.certain is certain
        if certain:
            assert server.uploads == []
        await way.send(parcel)
    [upload] = server.delivered_once().values()
    assert upload.content == content


async def test_a_server_that_answers_before_it_has_the_file_has_not_got_it() -> None:
    content = PARCEL.content * 200_000
    async with ScriptedServer(b"", {"POST": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"}) as server:
        server.hang_up_after("POST")
        with pytest.raises(Undelivered) as lost:
            await transport("http", port=server.port).send(msgspec.structs.replace(PARCEL, content=content))
    assert lost.value.certain
