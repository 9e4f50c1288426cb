"""What the SSH server lets in, and what it refuses."""

from __future__ import annotations

import asyncio
import ipaddress
import json
from pathlib import Path

import asyncssh
import pytest

from console.admission import AdmissionRules
from console.host_key import HostKeyDamaged, host_key, key_fingerprint
from console.ssh_options import CIPHERS, KEY_EXCHANGES, MACS, server_options
from core.api import Origin
from tests.console.conftest import ServedStation, served


async def test_a_command_answers_and_ends_with_its_code(station: ServedStation) -> None:
    told = await station.run("status --json")
    assert told.exit_status == 0
    assert json.loads(str(told.stdout))["schema"] == "evtty/status/1"
    refused = await station.run("settings get no.such")
    assert (refused.exit_status, refused.stdout) == (6, "")
    assert "no.such" in str(refused.stderr)


async def test_an_unknown_command_is_a_usage_error(station: ServedStation) -> None:
    for line in ("bogus", "scp -t /tmp", "sh -c id", "settings get 'x", "password admin"):
        assert (await station.run(line)).exit_status == 2


async def test_a_password_is_changed_from_two_lines(station: ServedStation) -> None:
    told = await station.run("password", typed="Hidden-Door-7\nHidden-Door-8\n")
    assert (told.exit_status, told.stderr) == (0, "")
    async with await station.connect("admin", "Hidden-Door-8"):
        pass
    with pytest.raises(asyncssh.PermissionDenied):
        await station.connect("admin", "Hidden-Door-7")


async def test_a_list_of_badges_of_any_length_is_read_to_its_end(station: ServedStation) -> None:
    rows = "".join(f"{number},{number:08X},User,Flat {number}\r\n" for number in range(1, 10_001))
    text = f"Badge number,Identifier,Type,Comment\r\n{rows}"
    told = await station.run("badges import --accept-edited --json", typed=text)
    assert (told.exit_status, told.stderr) == (0, "")
    assert len(json.loads(str(told.stdout))["added"]) == 10_000
    exported = await station.run("badges export")
    assert str(exported.stdout).startswith(f"\ufeff{text}Seal,")
    again = await station.run("badges import --json", typed=str(exported.stdout))
    assert json.loads(str(again.stdout))["unchanged"] == 10_000


async def test_a_list_that_is_pasted_into_a_terminal_ends_with_ctrl_d(station: ServedStation) -> None:
    async with await station.connect() as connection:
        told = await connection.run(
            "badges import --accept-edited --json",
            input="Badge number,Identifier,Type,Comment\r1,AABBCC,User,\r\x04",
            term_type="xterm",
        )
    assert told.exit_status == 0
    assert [badge["uid"] for badge in json.loads(str(told.stdout))["added"]] == ["AABBCC"]


async def test_what_no_command_reads_does_not_pile_up(station: ServedStation) -> None:
    told = await station.run("status --json", typed="x" * 4_000_000)
    assert told.exit_status == 0


async def test_neither_a_terminal_nor_a_command_gives_one_line_of_usage(station: ServedStation) -> None:
    async with await station.connect() as connection:
        told = await connection.run()
    assert told.exit_status == 2
    assert str(told.stderr).count("\n") == 1
    assert str(told.stderr).replace("\n", "").isprintable()


async def test_a_terminal_without_a_command_gets_the_console(station: ServedStation) -> None:
    async with await station.connect("user") as connection:
        process = await connection.create_process(
            term_type="xterm-256color", term_size=(80, 24), encoding=None
        )
        shown = b""
        while b"Config" not in shown:
            shown += await process.stdout.read(4096)
        process.stdin.write(b"\x1b")
        process.change_terminal_size(120, 40)
        process.terminate()
        assert (await process.wait()).exit_status == 0


async def test_a_terminal_that_cannot_move_its_cursor_is_told_of_the_commands(station: ServedStation) -> None:
    async with await station.connect() as connection:
        process = await connection.create_process(term_type="dumb", term_size=(80, 24))
        told = await process.wait()
    assert told.exit_status == 2
    assert "\x1b" not in str(told.stdout) + str(told.stderr)


async def test_three_wrong_passwords_end_the_connection(station: ServedStation) -> None:
    tries = iter(["a", "b", "c", "d", "e"])

    class Guessing(asyncssh.SSHClient):
        def password_auth_requested(self) -> str | None:
            return next(tries, None)

    with pytest.raises(asyncssh.DisconnectError):
        await asyncssh.connect(
            "127.0.0.1",
            station.port,
            username="admin",
            client_factory=Guessing,
            known_hosts=None,
            client_keys=None,
            config=None,
            agent_path=None,
        )
    assert next(tries) == "d"


async def test_an_unknown_account_is_refused_like_a_wrong_password(station: ServedStation) -> None:
    for account in ("root", "local", "", "Admin"):
        with pytest.raises(asyncssh.PermissionDenied):
            await station.connect(account, "Hidden-Door-7")


async def test_nothing_is_forwarded(station: ServedStation) -> None:
    async with await station.connect() as connection:
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_connection("127.0.0.1", station.port)
        with pytest.raises(asyncssh.ChannelListenError):
            await connection.forward_remote_port("127.0.0.1", 0, "127.0.0.1", station.port)
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_unix_connection(str(station.folder / "core.sock"))


async def test_no_subsystem_but_sftp_is_served(station: ServedStation) -> None:
    async with await station.connect() as connection:
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_session(subsystem="netconf")


async def test_the_clients_environment_changes_nothing(station: ServedStation) -> None:
    async with await station.connect() as connection:
        told = await connection.run("status --json", env={"EVTTY_DATA": "/nowhere", "LANG": "xx", "PATH": ""})
    assert told.exit_status == 0


async def test_a_lost_station_answers_try_again_later(station: ServedStation) -> None:
    async with await station.connect() as connection:
        await station.link.stop()
        told = await connection.run("status --json")
        assert told.exit_status == 75
        assert json.loads(str(told.stdout))["error"]["code"] == "try_later"
        async with asyncio.timeout(20):
            await connection.wait_closed()


async def test_a_session_closed_by_the_admin_ends_its_console(station: ServedStation) -> None:
    async with await station.connect("user") as connection:
        process = await connection.create_process(term_type="vt102", term_size=(80, 24), encoding=None)
        shown = b""
        while b"Config" not in shown:
            shown += await process.stdout.read(4096)
        machine = await station.core.entrance().local(Origin(kind="local"))
        user = next(one.id for one in await machine.sessions() if one.account == "user")
        await machine.close_session(user)
        assert (await process.wait()).exit_status == 0


async def test_only_a_terminal_counts_as_somebody_at_the_screens(station: ServedStation) -> None:
    machine = await station.core.entrance().local(Origin(kind="local"))

    async def purposes() -> set[str]:
        return {one.origin.purpose for one in await machine.sessions() if one.account == "user"}

    async with await station.connect("user") as connection:
        await connection.run("status")
        assert await purposes() == {"command"}
        process = await connection.create_process(term_type="vt102", term_size=(80, 24), encoding=None)
        shown = b""
        while b"Config" not in shown:
            shown += await process.stdout.read(4096)
        assert await purposes() == {"console"}


async def test_a_session_ends_at_the_station_when_its_connection_does(station: ServedStation) -> None:
    connection = await station.connect("user")
    machine = await station.core.entrance().local(Origin(kind="local"))
    assert "user" in {one.account for one in await machine.sessions()}
    events = machine.events()
    connection.abort()
    await connection.wait_closed()
    while "user" in {one.account for one in await machine.sessions()}:
        await anext(events)


async def test_a_source_that_takes_too_many_connections_is_turned_away(tmp_path: Path) -> None:
    async with served(tmp_path, AdmissionRules(per_source=2)) as station:
        async with await station.connect(), await station.connect("user"):
            with pytest.raises((asyncssh.ConnectionLost, ConnectionResetError)):
                await station.connect()
        async with await station.connect():
            pass


async def test_a_flood_of_silent_visitors_does_not_keep_the_technician_out(tmp_path: Path) -> None:
    service = ipaddress.ip_network("127.0.0.2/32")
    rules = AdmissionRules(total=8, per_source=8, strangers=4, service_networks=(service,))
    async with served(tmp_path, rules) as station:
        flood = [await asyncio.open_connection("127.0.0.1", station.port) for _ in range(12)]
        with pytest.raises((asyncssh.ConnectionLost, ConnectionResetError)):
            await station.connect()
        async with await station.connect(source="127.0.0.2") as technician:
            assert (await technician.run("status")).exit_status == 0
        for _reader, writer in flood:
            writer.close()


async def test_a_visitor_who_says_nothing_does_not_keep_others_out(station: ServedStation) -> None:
    _reader, writer = await asyncio.open_connection("127.0.0.1", station.port)
    assert (await station.run("status")).exit_status == 0
    writer.close()
    await writer.wait_closed()


async def test_only_the_chosen_algorithms_are_offered(station: ServedStation) -> None:
    for options in (
        {"kex_algs": ["diffie-hellman-group14-sha256"]},
        {"encryption_algs": ["chacha20-poly1305@openssh.com"]},
        {"encryption_algs": ["aes128-ctr"], "mac_algs": ["hmac-sha2-256"]},
    ):
        with pytest.raises(asyncssh.KeyExchangeFailed):
            await asyncssh.connect("127.0.0.1", station.port, known_hosts=None, config=None, **options)


def test_the_options_are_those_of_the_safety_rules(tmp_path: Path) -> None:
    options = server_options(host_key(tmp_path))
    assert KEY_EXCHANGES == ("mlkem768x25519-sha256", "curve25519-sha256", "curve25519-sha256@libssh.org")
    assert CIPHERS == ("aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr")
    assert MACS == ("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com")
    log_ins = ("kbdint_auth", "host_based_auth", "gss_kex", "gss_auth")
    services = ("allow_scp", "agent_forwarding", "x11_forwarding", "line_editor")
    assert not any(options[name] for name in log_ins + services)
    assert options["public_key_auth"]
    assert not {"ssh-rsa", "ssh-dss"} & set(options["signature_algs"])
    assert (options["login_timeout"], options["keepalive_interval"], options["keepalive_count_max"]) == (
        30,
        15,
        3,
    )


def test_the_host_key_is_made_once_and_is_nobody_elses_to_read(tmp_path: Path) -> None:
    first = host_key(tmp_path)
    assert first.get_algorithm() == "ssh-ed25519"
    assert host_key(tmp_path).get_fingerprint() == first.get_fingerprint()
    assert (tmp_path / "ssh_host_ed25519").stat().st_mode & 0o777 == 0o600


def test_a_damaged_host_key_is_not_replaced_silently(tmp_path: Path) -> None:
    (tmp_path / "ssh_host_ed25519").write_text("no key")
    with pytest.raises(HostKeyDamaged):
        host_key(tmp_path)


def test_the_fingerprint_that_the_screens_show_is_that_of_the_key(tmp_path: Path) -> None:
    assert key_fingerprint(tmp_path) == ""
    made = host_key(tmp_path).get_fingerprint()
    assert key_fingerprint(tmp_path) == made
    assert made.startswith("SHA256:")
    (tmp_path / "ssh_host_ed25519").write_text("not a key")
    assert key_fingerprint(tmp_path) == ""
