"""Parcels sent by e-mail to a real mail server."""

from __future__ import annotations

import asyncio
import re
import socket
from typing import Any

import msgspec
import pytest

from core.publication.parcel import Undelivered
from core.publication.transports import mail
from core.publication.transports.reaching import reach
from tests.core.publication.transports.sending import CANARY, PARCEL, names, transport, tried
from tests.peers.authority import server_context
from tests.peers.cable import Cable
from tests.peers.mail_server import MailServer
from tests.peers.scripted import ScriptedServer


async def test_the_file_arrives_as_an_attachment_byte_for_byte() -> None:
    async with MailServer() as server:
        await transport("smtp", port=server.port).send(PARCEL)
    [letter] = server.letters
    assert letter.sender == "station@example.org"
    assert letter.receivers == ("records@example.org",)
    assert letter.files == {PARCEL.name: PARCEL.content}
    assert str(letter.message["Subject"]) == f"Charge records of {PARCEL.station}, 2026-11-22"
    body = letter.message.get_body()
    assert body is not None
    assert "Charge records 12 to 14" in body.get_content()


async def test_every_receiver_between_semicolons_gets_it() -> None:
    async with MailServer() as server:
        await transport("smtp", port=server.port, receivers="a@example.org;b@example.org").send(PARCEL)
    assert server.letters[0].receivers == ("a@example.org", "b@example.org")


async def test_a_parcel_sent_again_has_the_same_message_id() -> None:
    async with MailServer() as server:
        for _ in range(2):
            await transport("smtp", port=server.port).send(PARCEL)
    assert len(server.letters) == 2
    assert list(server.delivered_once()) == [f"<{PARCEL.name}@{PARCEL.station}.evtty.invalid>"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_it_is_encrypted_and_logged_in(security: str) -> None:
    server = MailServer(context=server_context(), encrypted=security == "tls", password=CANARY)
    async with server:
        way = transport("smtp", port=server.port, security=security, authentication="yes", server="localhost")
        await way.send(PARCEL)
        good, steps = await tried(way)
    assert [each.files for each in server.letters] == [{PARCEL.name: PARCEL.content}]
    assert good
    assert {"Find the server", "Connect", "Encrypt", "Certificate", "Log in", "Sender"} <= set(names(steps))
    assert CANARY not in repr(steps)


async def test_a_test_goes_as_far_as_the_receivers_and_takes_it_back() -> None:
    async with MailServer() as server:
        good, steps = await tried(transport("smtp", port=server.port))
    assert good
    assert all(each.ok for each in steps)
    assert names(steps)[-1] == "Receiver records@example.org"
    assert server.letters == []
    assert server.commands == ["RCPT records@example.org", "RSET"]


async def test_a_refused_receiver_is_named_and_nobody_gets_the_message() -> None:
    async with MailServer() as server:
        server.refusals = {"b@example.org": "550 5.1.1 no such user here"}
        way = transport("smtp", port=server.port, receivers="a@example.org;b@example.org")
        with pytest.raises(Undelivered) as refused:
            await way.send(PARCEL)
        good, steps = await tried(way)
    assert refused.value.step == "Receiver b@example.org"
    assert "does not know this receiver" in refused.value.said
    assert "no such user here" in refused.value.said
    assert refused.value.certain
    assert server.letters == []
    assert not good
    assert [each.ok for each in steps][-2:] == [True, False]
    assert steps[-1].name == "Receiver b@example.org"


async def test_a_wrong_password_is_said_and_never_shown() -> None:
    async with MailServer(password="another") as server:
        way = transport("smtp", port=server.port, authentication="yes")
        with pytest.raises(Undelivered) as refused:
            await way.send(PARCEL)
    assert refused.value.step == "Log in"
    assert "Check both" in refused.value.said
    assert CANARY not in str(refused.value)
    assert refused.value.__cause__ is None


async def test_without_a_log_in_the_server_says_that_it_wants_one() -> None:
    async with MailServer(password=CANARY) as server:
        with pytest.raises(Undelivered, match="Authentication required") as refused:
            await transport("smtp", port=server.port).send(PARCEL)
    assert refused.value.step == "Sender"


async def test_a_server_without_starttls_never_gets_anything() -> None:
    async with MailServer() as server:
        with pytest.raises(Undelivered, match="does not offer STARTTLS") as refused:
            await transport("smtp", port=server.port, security="starttls").send(PARCEL)
    assert refused.value.step == "Encrypt"
    assert server.letters == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("452 4.3.1 disk full", "disk of 127.0.0.1 is full"),
        ("552 5.2.2 mailbox full", "mailbox is full"),
        ("554 5.7.1 rejected", "did not take the message"),
    ],
)
async def test_content_that_is_refused_certainly_did_not_arrive(answer: str, words: str) -> None:
    async with MailServer() as server:
        server.answer = answer
        with pytest.raises(Undelivered, match=words) as refused:
            await transport("smtp", port=server.port).send(PARCEL)
    assert refused.value.step == "Send the file"
    assert refused.value.certain


@pytest.mark.parametrize(
    ("word", "said_by", "passed_on", "certain"),
    [
        (b"RCPT", "client", True, True),
        (b"354", "server", True, True),
        (b"\r\n.\r\n", "client", True, False),
        (b"250 Taken", "server", False, False),
    ],
    ids=["before-content", "before-its-end", "at-its-end", "during-the-answer"],
)
async def test_a_connection_cut_in_the_middle_tells_whether_it_may_have_arrived(
    word: bytes, said_by: str, passed_on: bool, certain: bool
) -> None:
    async with MailServer() as server, Cable(server.port) as cable:
        cable.cut_at(word, said_by="client" if said_by == "client" else "server", passed_on=passed_on)
        way = transport("smtp", port=cable.port)
        with pytest.raises(Undelivered) as lost:
            await way.send(PARCEL)
        assert cable.cuts == 1
        assert lost.value.certain is certain
        if certain:
            assert server.letters == []
        await way.send(PARCEL)
    [letter] = server.delivered_once().values()
    assert letter.files == {PARCEL.name: PARCEL.content}


async def test_a_large_file_arrives_whole() -> None:
    large = b"".join(b"%d;1,500;some words in a row\r\n" % number for number in range(60000))
    async with MailServer() as server:
        await transport("smtp", port=server.port).send(msgspec.structs.replace(PARCEL, content=large))
    assert server.letters[0].files == {PARCEL.name: large}


async def test_a_name_cannot_bring_headers_of_its_own() -> None:
    odd = msgspec.structs.replace(PARCEL, station="S\r\nBcc: evil@example.org", period="p\nX-Evil: 1")
    async with MailServer() as server:
        await transport("smtp", port=server.port).send(odd)
    [letter] = server.letters
    assert letter.message["Bcc"] is None
    assert letter.message["X-Evil"] is None
    assert re.search(rb"(?im)^(bcc|x-evil):", letter.raw) is None


async def test_a_server_that_takes_the_message_before_its_end_has_not_got_it() -> None:
    script: dict[str, bytes | None] = {
        "EHLO": b"250 x\r\n",
        "MAIL": b"250 ok\r\n",
        "RCPT": b"250 ok\r\n",
        "DATA": b"354 go on\r\n",
        "Subject:": b"250 taken\r\n",
    }
    large = msgspec.structs.replace(PARCEL, content=PARCEL.content * 100_000)
    async with ScriptedServer(b"220 x\r\n", script) as server:
        with pytest.raises(Undelivered, match="means nothing") as lost:
            await transport("smtp", port=server.port).send(large)
    assert lost.value.certain
    assert b".\r\n" not in server.heard


class Owned(socket.socket):
    """A socket that must not be closed while the event loop still uses it: others may get its number."""

    def close(self) -> None:
        if self.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self.fileno())
        super().close()


@pytest.mark.parametrize("security", ["none", "tls"])
@pytest.mark.parametrize("greeting", [b"220 x\r\n", b"554 go away\r\n"])
async def test_a_server_that_refuses_the_station_leaves_no_connection_half_open(
    security: str, greeting: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def owned(*asked: Any) -> Owned:
        return Owned(fileno=(await reach(*asked)).detach())

    monkeypatch.setattr(mail, "reach", owned)
    script: dict[str, bytes | None] = {"EHLO": b"502 no\r\n", "HELO": b"502 no\r\n"}
    context = server_context() if security == "tls" else None
    async with ScriptedServer(greeting, script, context=context) as server:
        with pytest.raises(Undelivered) as refused:
            await transport("smtp", port=server.port, security=security, server="localhost").send(PARCEL)
    assert refused.value.step == "Greeting"
