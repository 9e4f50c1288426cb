"""Parcels put on a real file server."""

from __future__ import annotations

import asyncio
import socket
import ssl
from pathlib import Path

import msgspec
import pytest

from core.publication.parcel import Undelivered
from core.publication.transports.file_session import FileSession
from core.publication.transports.target import FileTarget
from tests.core.publication.transports.sending import CANARY, PARCEL, names, transport, tried
from tests.peers.authority import authority_pem, write_certificate
from tests.peers.cable import Cable
from tests.peers.file_server import FileServer
from tests.peers.scripted import ScriptedServer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "served"
    made.mkdir()
    return made


@pytest.mark.parametrize("passive", ["yes", "no"])
async def test_the_file_is_there_under_its_name_byte_for_byte(folder: Path, passive: str) -> None:
    async with FileServer(folder) as server:
        await transport("ftp", port=server.port, passive_mode=passive).send(PARCEL)
    assert server.files == {PARCEL.name: PARCEL.content}
    assert ("PASV" in server.commands) is (passive == "yes")
    assert ("PORT" in server.commands) is (passive == "no")


@pytest.mark.parametrize("passive", ["yes", "no"])
async def test_it_is_encrypted_and_logged_in(folder: Path, tmp_path: Path, passive: str) -> None:
    certificate = write_certificate(tmp_path)
    async with FileServer(folder, password=CANARY, certificate=certificate) as server:
        way = transport(
            "ftp",
            port=server.port,
            security="tls",
            authentication="yes",
            server="localhost",
            passive_mode=passive,
        )
        await way.send(PARCEL)
        good, steps = await tried(way)
    assert server.files == {PARCEL.name: PARCEL.content}
    assert good
    assert {"Encrypt", "Certificate", "Log in"} <= set(names(steps))
    assert CANARY not in repr(steps)
    assert "PROT" in server.commands


async def test_it_is_renamed_only_when_the_server_has_all_of_it(folder: Path) -> None:
    async with FileServer(folder) as server:
        await transport("ftp", port=server.port).send(PARCEL)
    stored, renamed = server.commands.index("STOR"), server.commands.index("RNTO")
    assert stored < server.commands.index("SIZE") < renamed


@pytest.mark.parametrize("renames_onto", [True, False])
async def test_a_parcel_sent_again_takes_the_place_of_the_first(folder: Path, renames_onto: bool) -> None:
    async with FileServer(folder, renames_onto=renames_onto) as server:
        for _ in range(2):
            await transport("ftp", port=server.port).send(PARCEL)
    assert server.files == {PARCEL.name: PARCEL.content}


async def test_a_test_leaves_nothing_behind(folder: Path) -> None:
    async with FileServer(folder) as server:
        good, steps = await tried(transport("ftp", port=server.port))
    assert good
    assert names(steps)[-3:] == ["Write a file", "Rename it", "Remove it"]
    assert server.files == {}


@pytest.mark.parametrize(
    ("rights", "step", "words"),
    [
        ("elr", "Write a file", "does not let this user"),
        ("elrw", "Rename it", "does not let this user rename files"),
    ],
)
async def test_a_missing_right_is_named(folder: Path, rights: str, step: str, words: str) -> None:
    async with FileServer(folder, rights=rights) as server:
        good, steps = await tried(transport("ftp", port=server.port))
    assert not good
    assert steps[-1].name == step
    assert words in steps[-1].said


async def test_a_file_that_cannot_be_removed_is_no_fault_but_said(folder: Path) -> None:
    async with FileServer(folder, rights="elrwf") as server:
        good, steps = await tried(transport("ftp", port=server.port))
    assert good
    assert "stays there" in steps[-1].said


async def test_a_wrong_password_is_said_and_never_shown(folder: Path) -> None:
    async with FileServer(folder, password="another") as server:
        with pytest.raises(Undelivered, match="Check both") as refused:
            await transport("ftp", port=server.port, authentication="yes").send(PARCEL)
    assert refused.value.step == "Log in"
    assert refused.value.certain
    assert CANARY not in str(refused.value)


async def test_a_server_that_wants_encryption_says_so(folder: Path, tmp_path: Path) -> None:
    certificate = write_certificate(tmp_path)
    async with FileServer(folder, password=CANARY, certificate=certificate) as server:
        with pytest.raises(Undelivered, match="Set Encryption"):
            await transport("ftp", port=server.port, authentication="yes").send(PARCEL)


async def test_a_server_without_encryption_never_gets_a_password(folder: Path) -> None:
    async with FileServer(folder, password=CANARY) as server:
        with pytest.raises(Undelivered, match="does not offer encryption") as refused:
            await transport("ftp", port=server.port, security="tls", authentication="yes").send(PARCEL)
    assert refused.value.step == "Encrypt"
    assert "PASS" not in server.commands


@pytest.mark.parametrize(
    ("word", "said_by", "passed_on", "certain"),
    [
        (b"STOR", "client", True, True),
        (b"226", "server", False, True),
        (b"RNFR", "client", True, True),
        (b"RNTO", "client", True, False),
        (b"250", "server", False, False),
    ],
)
async def test_a_connection_cut_in_the_middle_tells_whether_it_may_have_arrived(
    folder: Path, word: bytes, said_by: str, passed_on: bool, certain: bool
) -> None:
    async with FileServer(folder) as server, Cable(server.port) as cable:
        cable.cut_at(word, said_by="client" if said_by == "client" else "server", passed_on=passed_on)
        way = transport("ftp", port=cable.port)
        with pytest.raises(Undelivered) as lost:
            await way.send(PARCEL)
        assert cable.cuts == 1
        assert lost.value.certain is certain
        if certain:
            assert PARCEL.name not in server.files
        await way.send(PARCEL)
    assert server.files == {PARCEL.name: PARCEL.content}


@pytest.mark.parametrize("security", ["none", "tls"])
async def test_a_large_file_arrives_whole(folder: Path, tmp_path: Path, security: str) -> None:
    large = b"".join(b"%d;1,500;some words in a row\r\n" % number for number in range(60000))
    certificate = write_certificate(tmp_path) if security == "tls" else None
    async with FileServer(folder, certificate=certificate) as server:
        way = transport("ftp", port=server.port, security=security)
        await way.send(msgspec.structs.replace(PARCEL, content=large))
    assert server.files == {PARCEL.name: large}


async def test_a_full_disk_is_no_delivery(folder: Path) -> None:
    async with FileServer(folder, is_full=True) as server:
        with pytest.raises(Undelivered) as refused:
            await transport("ftp", port=server.port).send(PARCEL)
        good, steps = await tried(transport("ftp", port=server.port))
    assert not good
    assert steps[-1].name == "Write a file"
    assert refused.value.step == "Send the file"
    assert refused.value.certain
    assert "RNTO" not in server.commands


async def test_the_connection_for_a_file_resumes_the_session_of_the_first(
    folder: Path, tmp_path: Path
) -> None:
    def resumed(port: int) -> bool | None:
        target = FileTarget(host="localhost", port=port, security="tls", login=None, passive=True)
        context = ssl.create_default_context(cadata=authority_pem())
        session = FileSession(socket.create_connection(("127.0.0.1", port)), target, context, 5)
        try:
            session.greeting()
            session.encrypt()
            session.login(secure=False)
            session.prot_p()
            with session.transfercmd("STOR a") as conn:
                return isinstance(conn, ssl.SSLSocket) and conn.session_reused
        finally:
            session.end()

    async with FileServer(folder, certificate=write_certificate(tmp_path)) as server:
        assert await asyncio.to_thread(resumed, server.port)


async def test_a_server_that_does_not_let_files_be_renamed_keeps_what_it_has(folder: Path) -> None:
    (folder / PARCEL.name).write_bytes(PARCEL.content)
    async with FileServer(folder, rights="elrwd") as server:
        with pytest.raises(Undelivered, match="rename files") as refused:
            await transport("ftp", port=server.port).send(PARCEL)
    assert refused.value.certain
    assert server.files[PARCEL.name] == PARCEL.content


async def test_the_station_waits_for_the_server_at_one_address_only() -> None:
    script: dict[str, bytes | None] = {
        "USER": b"230 in\r\n",
        "TYPE": b"200 ok\r\n",
        "PORT": b"200 ok\r\n",
    }
    async with ScriptedServer(b"220 x\r\n", script) as server:
        sending = asyncio.create_task(transport("ftp", port=server.port, passive_mode="no").send(PARCEL))
        async with asyncio.timeout(10):
            while not server.heard or not server.heard[-1].startswith(b"STOR"):  # noqa: ASYNC110 - only heard
                await asyncio.sleep(0)
        place = next(line for line in server.heard if line.startswith(b"PORT"))
        *address, high, low = place.removeprefix(b"PORT ").strip().split(b",")
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.2", int(high) * 256 + int(low))
        sending.cancel()
        await asyncio.wait([sending])
    assert address == [b"127", b"0", b"0", b"1"]
