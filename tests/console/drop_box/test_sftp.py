"""The drop box over a real SSH connection, asked usual and odd things."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import cast

import asyncssh
import pytest

from console.drop_box.made import MADE
from console.drop_box.places import FOLDERS
from core.api import Origin
from tests.console.conftest import ServedStation
from tests.stations import PASSWORDS

LARGEST = FOLDERS["incoming"][".csv"]


@asynccontextmanager
async def files_of(station: ServedStation, account: str = "admin") -> AsyncIterator[asyncssh.SFTPClient]:
    async with await station.connect(account) as connection, connection.start_sftp_client() as sftp:
        yield sftp


def kept(station: ServedStation) -> list[str]:
    """Every name on the disk, of whole files and others."""
    return sorted(path.name for path in (station.folder / "drop-box/admin/incoming").iterdir())


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - the disk tells nobody
            await asyncio.sleep(0.005)


async def put(sftp: asyncssh.SFTPClient, path: str, content: bytes) -> None:
    async with sftp.open(path, "wb") as file:
        await file.write(content)


async def get(sftp: asyncssh.SFTPClient, path: str) -> bytes:
    async with sftp.open(path, "rb") as file:
        return cast("bytes", await file.read())


async def test_a_file_comes_back_as_it_went(station: ServedStation) -> None:
    whole = bytes(index * 7 % 251 for index in range(5003)) * (LARGEST // 5003 + 1)
    async with files_of(station) as sftp:
        for size in (0, 1, 32768, 32769, 500_001, LARGEST):
            await put(sftp, "/incoming/a.csv", whole[:size])
            assert await get(sftp, "/incoming/a.csv") == whole[:size]
            assert (await sftp.stat("/incoming/a.csv")).size == size


async def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(station: ServedStation) -> None:
    async with files_of(station) as sftp:
        with pytest.raises(asyncssh.SFTPFailure, match=f"{LARGEST:,} bytes"):
            await put(sftp, "/incoming/a.csv", bytes(LARGEST + 1))
    await until(lambda: kept(station) == [])


async def test_a_connection_that_breaks_off_leaves_nothing(station: ServedStation) -> None:
    connection = await station.connect()
    sftp = await connection.start_sftp_client()
    file = await sftp.open("/incoming/a.csv", "wb")
    await file.write(b"half")
    assert kept(station) == [".a.csv"]
    connection.abort()
    await connection.wait_closed()
    await until(lambda: kept(station) == [])


async def test_two_at_once_send_different_files_but_not_one(station: ServedStation) -> None:
    async with files_of(station) as one, files_of(station) as other:
        async with one.open("/incoming/a.csv", "wb") as file:
            await file.write(b"1")
            with pytest.raises(asyncssh.SFTPFailure, match="being sent already"):
                await other.open("/incoming/a.csv", "wb")
            await put(other, "/incoming/b.csv", b"2")
        assert await get(other, "/incoming/a.csv") == b"1"
        assert kept(station) == ["a.csv", "b.csv"]


async def test_what_programs_set_after_an_upload_is_taken_and_what_nobody_may_set_is_not(
    station: ServedStation,
) -> None:
    async with files_of(station) as sftp:
        await put(sftp, "/incoming/a.csv", b"12345")
        await sftp.utime("/incoming/a.csv", (1, 2))
        await sftp.chmod("/incoming/a.csv", 0o777)
        assert (await sftp.stat("/incoming/a.csv")).permissions == 0o100600
        for refused in (sftp.chown("/incoming/a.csv", 0, 0), sftp.truncate("/incoming/a.csv", 2)):
            with pytest.raises(asyncssh.SFTPPermissionDenied):
                await refused
        async with sftp.open("/incoming/b.csv", "wb") as file:
            await file.write(b"12345")
            await file.truncate(3)
        assert await get(sftp, "/incoming/b.csv") == b"123"


async def test_a_file_is_neither_gone_on_with_nor_edited(station: ServedStation) -> None:
    async with files_of(station) as sftp:
        await put(sftp, "/incoming/a.csv", b"12345")
        for mode in ("ab", "r+b", "w+b"):
            with pytest.raises(asyncssh.SFTPPermissionDenied):
                await sftp.open("/incoming/a.csv", mode)
        file = await sftp.open("/incoming/new.csv", "wb")
        with pytest.raises(asyncssh.SFTPFailure, match="without gaps"):
            await file.write(b"x", 10)
        assert await get(sftp, "/incoming/a.csv") == b"12345"


async def test_so_many_files_are_open_at_once(station: ServedStation) -> None:
    async with files_of(station) as sftp:
        await put(sftp, "/incoming/a.csv", b"1")
        opened = [await sftp.open("/incoming/a.csv", "rb") for _ in range(16)]
        with pytest.raises(asyncssh.SFTPFailure, match="At most 16"):
            await sftp.open("/incoming/a.csv", "rb")
        await opened.pop().close()
        assert await get(sftp, "/incoming/a.csv") == b"1"


async def test_the_size_of_a_made_file_is_that_of_what_is_read(station: ServedStation) -> None:
    async with files_of(station) as sftp:
        assert {str(name) for name in await sftp.listdir("/export")} == {row.name for row in MADE}
        for row in MADE:
            size = (await sftp.stat(f"/export/{row.name}")).size
            assert len(await get(sftp, f"/export/{row.name}")) == size != 0


async def test_core_says_who_may_fetch_what(station: ServedStation) -> None:
    async with files_of(station, "user") as sftp:
        assert await get(sftp, "/export/badges.csv")
        with pytest.raises(asyncssh.SFTPPermissionDenied, match="user may not export the configuration"):
            await get(sftp, "/export/station.cfg")


Ends = Callable[[ServedStation], Awaitable[None]]


async def closed_by_somebody(station: ServedStation) -> None:
    machine = await station.core.entrance().local(Origin(kind="local"))
    for session in await machine.sessions():
        if session.account == "user":
            await machine.close_session(session.id)


async def password_changed(station: ServedStation) -> None:
    machine = await station.core.entrance().local(Origin(kind="local"))
    await machine.change_password("user", PASSWORDS["user"] + "-new")


async def station_gone(station: ServedStation) -> None:
    await station.link.stop()


@pytest.mark.parametrize("ends", [closed_by_somebody, password_changed, station_gone])
async def test_files_end_with_their_session(station: ServedStation, ends: Ends) -> None:
    async with await station.connect("user") as connection, connection.start_sftp_client() as sftp:
        await sftp.open("/incoming/a.csv", "wb")
        assert [one["origin"]["purpose"] for one in await sessions(station)] == ["sftp"]
        await ends(station)
        async with asyncio.timeout(20):
            await connection.wait_closed()
    await until(lambda: list((station.folder / "drop-box/user/incoming").iterdir()) == [])


async def sessions(station: ServedStation) -> list[dict[str, dict[str, str]]]:
    machine = await station.core.entrance().local(Origin(kind="local"))
    return [
        {"origin": {"purpose": one.origin.purpose}}
        for one in await machine.sessions()
        if one.account == "user"
    ]


NO_SFTP = (
    b"\0\0\0\0",
    b"\xff\xff\xff\xff",
    b"GET / HTTP/1.1\r\n\r\n",
    b"\0\0\0\5\1\0\0\0\2",
    b"\0\0\0\5\3\0\0\0\3",
)


async def test_what_is_no_sftp_ends_the_channel_and_nothing_else(station: ServedStation) -> None:
    async with await station.connect() as connection:
        for sent in NO_SFTP:
            writer, reader, _errors = await connection.open_session(subsystem="sftp", encoding=None)
            writer.write(sent)
            async with asyncio.timeout(20):
                assert await reader.read() == b""
        assert (await connection.run("status")).exit_status == 0


async def test_a_client_that_leaves_after_its_last_request_is_still_answered(station: ServedStation) -> None:
    async with await station.connect() as connection:
        writer, reader, _errors = await connection.open_session(subsystem="sftp", encoding=None)
        writer.write(b"\0\0\0\5\1\0\0\0\3" + b"\0\0\0\x0a\x10\0\0\0\7\0\0\0\1.")
        writer.write_eof()
        async with asyncio.timeout(20):
            answered = await reader.read()
    assert answered.startswith(b"\0\0\0\5\2\0\0\0\3")
    assert answered[9:].startswith((len(answered) - 13).to_bytes(4, "big") + b"\x68\0\0\0\7")
