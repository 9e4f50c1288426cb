"""Every kind of failure is told at its step, in words that say what to look at."""

from __future__ import annotations

import asyncio
import base64
import traceback
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import trustme

from core.publication.parcel import Undelivered
from core.publication.transports import Limits, make_transport
from tests.core.publication.transports.sending import CANARY, PARCEL, QUICK, Table, transport, tried
from tests.peers import authority
from tests.peers.cable import unused_port
from tests.peers.file_server import FileServer
from tests.peers.mail_server import MailServer
from tests.peers.scripted import ScriptedServer
from tests.peers.web_server import WebServer

PROTOCOLS = ["smtp", "ftp", "http"]
HASTY = Limits(answer_s=0.1, taken_s=0.1, whole_s=5)


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_a_name_that_nobody_knows_points_at_the_dns_servers(protocol: str) -> None:
    way = transport(protocol, HASTY, port=2525, server="nowhere.invalid")
    good, steps = await tried(way)
    with pytest.raises(Undelivered) as lost:
        await way.send(PARCEL)
    assert not good
    assert [(each.name, each.ok) for each in steps] == [("Find the server", False)]
    assert "DNS server" in steps[0].said
    assert lost.value.certain


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_a_name_that_cannot_be_one_is_not_found(protocol: str) -> None:
    with pytest.raises(Undelivered) as lost:
        await transport(protocol, port=2525, server="xn--a.example").send(PARCEL)
    assert lost.value.step == "Find the server"


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_a_port_that_nobody_listens_at_is_named(protocol: str) -> None:
    port = unused_port()
    way = transport(protocol, port=port)
    good, steps = await tried(way)
    with pytest.raises(Undelivered, match=f"no server listens at port {port}") as lost:
        await way.send(PARCEL)
    assert not good
    assert [(each.name, each.ok) for each in steps] == [("Find the server", True), ("Connect", False)]
    assert lost.value.step == "Connect"
    assert lost.value.certain


@pytest.mark.parametrize(
    ("protocol", "step", "certain"),
    [("smtp", "Greeting", True), ("ftp", "Greeting", True), ("http", "Send the file", False)],
)
async def test_a_server_that_says_nothing_is_not_waited_for(protocol: str, step: str, certain: bool) -> None:
    async with ScriptedServer(b"") as server:
        with pytest.raises(Undelivered, match=r"does not greet|did not answer in time") as lost:
            await transport(protocol, HASTY, port=server.port).send(PARCEL)
    assert lost.value.step == step
    assert lost.value.certain is certain


@pytest.mark.parametrize(
    ("protocol", "words"), [("smtp", "no mail server"), ("ftp", "no file server"), ("http", "no web server")]
)
async def test_a_server_of_another_kind_is_noticed(protocol: str, words: str) -> None:
    async with ScriptedServer(b"SSH-2.0-OpenSSH_9.2p1\r\n\r\n") as server:
        with pytest.raises(Undelivered, match=words):
            await transport(protocol, port=server.port).send(PARCEL)


@pytest.mark.parametrize("protocol", ["smtp", "ftp"])
async def test_a_server_that_talks_for_ever_is_stopped(protocol: str) -> None:
    async with ScriptedServer(b"220-and so on\r\n" * 100_000) as server:
        with pytest.raises(Undelivered) as lost:
            await transport(protocol, port=server.port).send(PARCEL)
    assert lost.value.step == "Greeting"


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_all_steps_together_are_bounded(protocol: str) -> None:
    limits = Limits(answer_s=60, taken_s=60, whole_s=0.1)
    async with ScriptedServer(b"") as server:
        with pytest.raises(Undelivered, match="Not done within"):
            await transport(protocol, limits, port=server.port).send(PARCEL)


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_who_waits_for_a_server_can_stop_waiting(protocol: str) -> None:
    limits = Limits(answer_s=60, taken_s=60, whole_s=60)
    async with ScriptedServer(b"") as server:
        sending = asyncio.create_task(transport(protocol, limits, port=server.port).send(PARCEL))
        async with asyncio.timeout(5):
            await server.visited.wait()
        sending.cancel()
        done, _ = await asyncio.wait([sending], timeout=5)
    assert done
    assert sending.cancelled()


CERTIFICATES = [
    pytest.param(authority.expired_certificate, "expired", id="expired"),
    pytest.param(authority.certificate_of_another, "another name", id="of-another"),
    pytest.param(authority.certificate_of_a_stranger, "does not know", id="of-a-stranger"),
]


@pytest.mark.parametrize(("certificate", "words"), CERTIFICATES)
@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_mail_server_with_a_wrong_certificate_gets_nothing(
    certificate: Callable[[], trustme.LeafCert], words: str, security: str
) -> None:
    context = authority.server_context(certificate())
    async with MailServer(context=context, encrypted=security == "tls") as server:
        way = transport("smtp", port=server.port, security=security, server="localhost")
        with pytest.raises(Undelivered, match=words) as lost:
            await way.send(PARCEL)
        good, steps = await tried(way)
    assert lost.value.step == steps[-1].name == "Certificate"
    assert words in steps[-1].said
    assert not good
    assert server.letters == []


@pytest.mark.parametrize(("certificate", "words"), CERTIFICATES)
async def test_a_file_server_with_a_wrong_certificate_gets_nothing(
    certificate: Callable[[], trustme.LeafCert], words: str, tmp_path: Path
) -> None:
    path = authority.write_certificate(tmp_path, certificate())
    async with FileServer(tmp_path, certificate=path, password=CANARY) as server:
        way = transport("ftp", port=server.port, security="tls", server="localhost", authentication="yes")
        with pytest.raises(Undelivered, match=words) as lost:
            await way.send(PARCEL)
        good, steps = await tried(way)
    assert lost.value.step == steps[-1].name == "Certificate"
    assert not good
    assert "PASS" not in server.commands


@pytest.mark.parametrize(("certificate", "words"), CERTIFICATES)
async def test_a_web_server_with_a_wrong_certificate_gets_nothing(
    certificate: Callable[[], trustme.LeafCert], words: str
) -> None:
    async with WebServer(context=authority.server_context(certificate())) as server:
        way = transport("http", port=server.port, security="tls", server="localhost")
        with pytest.raises(Undelivered, match=words) as lost:
            await way.send(PARCEL)
        good, steps = await tried(way)
    assert lost.value.step == steps[-1].name == "Certificate"
    assert not good
    assert server.methods == []


async def test_a_server_that_does_not_speak_tls_points_at_the_port() -> None:
    async with MailServer() as mail, WebServer() as web:
        for protocol, port in (("smtp", mail.port), ("http", web.port)):
            way = transport(protocol, port=port, security="tls")
            good, steps = await tried(way)
            with pytest.raises(Undelivered, match="Check Port and Encryption") as lost:
                await way.send(PARCEL)
            assert lost.value.step == steps[-1].name == "Encrypt"
            assert not good


async def test_a_mail_server_that_expects_tls_is_silent_and_the_words_say_why() -> None:
    async with MailServer(context=authority.server_context(), encrypted=True) as server:
        with pytest.raises(Undelivered, match="465 wants Encryption TLS"):
            await transport("smtp", HASTY, port=server.port).send(PARCEL)


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_an_ipv6_address_is_reached_and_its_certificate_checked(protocol: str, tmp_path: Path) -> None:
    folder = tmp_path / "served"
    folder.mkdir()
    context = authority.server_context()
    async with (
        MailServer(host="::1", context=context, encrypted=True) as mail,
        FileServer(folder, host="::1", certificate=authority.write_certificate(tmp_path)) as files,
        WebServer(host="::1", context=context) as web,
    ):
        port = {"smtp": mail.port, "ftp": files.port, "http": web.port}[protocol]
        for passive in ("yes", "no"):
            way = transport(protocol, port=port, passive_mode=passive, server="::1", security="tls")
            await way.send(PARCEL)
            good, steps = await tried(way)
            assert good, steps
    taken = [*mail.letters, *files.files, *web.uploads]
    assert taken


CREDENTIALS = base64.b64encode(f"\0station\0{CANARY}".encode()).decode()


@pytest.mark.parametrize(
    ("protocol", "greeting", "answers"),
    [
        (
            "smtp",
            "220 x",
            {"EHLO": "250-x\r\n250 AUTH PLAIN", "AUTH": f"535 {CANARY} {CREDENTIALS}?"},
        ),
        (
            "smtp",
            "220 x",
            {"EHLO": "250-x\r\n250 AUTH PLAIN", "AUTH": "235 ok", "MAIL": f"550 {CANARY} {CREDENTIALS}?"},
        ),
        ("ftp", "220 x", {"USER": "331 password", "PASS": f"530 {CANARY} is wrong"}),
        ("ftp", "220 x", {"USER": "331 password", "PASS": "230 ok", "TYPE": f"550 {CANARY}?"}),
    ],
)
async def test_a_server_that_repeats_the_password_does_not_get_it_shown(
    protocol: str, greeting: str, answers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    script = {word: f"{answer}\r\n".encode() for word, answer in answers.items()}
    async with ScriptedServer(f"{greeting}\r\n".encode(), script) as server:
        way = transport(protocol, port=server.port, authentication="yes")
        good, steps = await tried(way)
        with pytest.raises(Undelivered) as lost:
            await way.send(PARCEL)
    assert any(CANARY.encode() in each or CREDENTIALS.encode() in each for each in server.heard)
    assert not good
    for text in (str(lost.value), repr(steps), caplog.text, "".join(traceback.format_exception(lost.value))):
        assert CANARY not in text
        assert CREDENTIALS not in text


@pytest.mark.parametrize(
    ("word", "answer", "step", "words"),
    [
        ("TYPE", None, "Send the file", "broke off"),
        ("PASV", b"425 no\r\n", "Send the file", "Passive mode the other way"),
        ("PASV", b"227 nonsense\r\n", "Send the file", "means nothing"),
        ("PASV", b"452 full\r\n", "Send the file", "disk of 127.0.0.1 is full"),
        ("PASV", b"552 full\r\n", "Send the file", "used up"),
        ("PASV", b"227 (127,0,0,1,0,9)\r\n", "Send the file", "Passive mode the other way"),
        ("USER", b"421 too many\r\n", "Log in", "closed the connection"),
    ],
)
async def test_what_a_file_server_answers_is_put_into_words(
    word: str, answer: bytes | None, step: str, words: str
) -> None:
    script: dict[str, bytes | None] = {"USER": b"230 ok\r\n", "TYPE": b"200 ok\r\n", word: answer}
    async with ScriptedServer(b"220 x\r\n", script) as server:
        with pytest.raises(Undelivered, match=words) as lost:
            await transport("ftp", port=server.port).send(PARCEL)
    assert lost.value.step == step
    assert lost.value.certain


@pytest.mark.parametrize(
    ("protocol", "empty", "label"),
    [
        ("smtp", "server", "Server"),
        ("smtp", "receivers", "Receiver"),
        ("ftp", "server", "Server"),
        ("http", "path", "Path"),
        ("http", "field_name", "Field name"),
    ],
)
async def test_what_is_not_filled_in_is_named(protocol: str, empty: str, label: str) -> None:
    way = transport(protocol, QUICK, port=25, **{empty: ""})
    good, steps = await tried(way)
    with pytest.raises(Undelivered) as lost:
        await way.send(PARCEL)
    assert not good
    assert [each.said for each in steps] == [f"Not filled in under Publication: {label}."]
    assert lost.value.said == steps[0].said


async def test_a_parcel_is_never_named_by_anything_but_a_plain_file_name() -> None:
    for name in ("../../etc/passwd", "a b.csv", "a\r\nDELE b", "", ".hidden", "a..b", "x" * 151):
        with pytest.raises(ValueError, match="plain file name"):
            await transport("ftp", port=21).send(msgspec.structs.replace(PARCEL, name=name))


@pytest.mark.parametrize(
    ("asked", "words"), [("ftp", "no file server"), ("http", "check Port and Encryption")]
)
async def test_a_mail_server_in_place_of_another_is_noticed(asked: str, words: str) -> None:
    async with MailServer() as server:
        way = transport(asked, port=server.port)
        good, steps = await tried(way)
    assert not good
    assert words in steps[-1].said


async def test_a_file_server_in_place_of_a_mail_server_is_noticed(tmp_path: Path) -> None:
    async with FileServer(tmp_path) as server:
        with pytest.raises(Undelivered, match="no mail server"):
            await transport("smtp", port=server.port).send(PARCEL)


async def test_a_file_server_that_does_not_encrypt_files_gets_none(tmp_path: Path) -> None:
    async with ScriptedServer(
        b"220 x\r\n", {"USER": b"230 ok\r\n", "PBSZ": b"200 ok\r\n", "PROT": b"536 no\r\n"}
    ) as server:
        server.encrypt_after("AUTH", authority.server_context())
        with pytest.raises(Undelivered, match="not files") as lost:
            await transport("ftp", port=server.port, security="tls").send(PARCEL)
    assert lost.value.step == "Encrypt files"
    assert not any(each.startswith(b"STOR") for each in server.heard)


async def test_the_authorities_of_the_system_are_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with WebServer(context=authority.server_context()) as server:
        table = Table("http", {"port": server.port, "security": "tls", "server": "localhost"})
        way = make_transport(table, station="S", limits=QUICK)
        with pytest.raises(Undelivered, match="does not know"):
            await way.send(PARCEL)
        store = tmp_path / "authorities.pem"
        store.write_text(authority.authority_pem())
        monkeypatch.setenv("SSL_CERT_FILE", str(store))
        await way.send(PARCEL)
    assert len(server.uploads) == 1
