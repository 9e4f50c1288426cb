"""`clock`: shown, set and refused in words and in JSON."""

from __future__ import annotations

from pathlib import Path

from core.clock import SimulatedClock
from tests.console.commands.conftest import People
from tests.console.commands.recorded import ask
from tests.core.timekeeping.keeping_time import station_with
from tests.peers.cable import unused_port
from tests.peers.time_server import TimeServer
from tests.stations import NOON, log_in


async def test_the_clock_is_shown_with_its_zone_and_next_change(people: People) -> None:
    await people.admin.change_settings({"time.zone": "Europe/Paris"})
    shown = await ask(people.user, "clock", "show")
    assert shown.text.splitlines() == [
        "2026-03-02 13:00:00 Europe/Paris (UTC+01:00)",
        "Next clock change 2026-03-29: from 02:00 to 03:00 (UTC+02:00).",
    ]
    told = (await ask(people.user, "clock", "show", "--json")).json
    assert told["schema"] == "evtty/clock/1"
    assert (told["mode"], told["state"], told["server"]) == ("manual", "manual", "pool.ntp.org")
    assert told["local_time"] == "2026-03-02T13:00:00+01:00"
    assert told["next_change"] == "2026-03-29T01:00:00Z"


async def test_the_clock_is_set_to_a_local_time(people: People) -> None:
    await people.admin.change_settings({"time.zone": "Europe/Paris"})
    done = await ask(people.user, "clock", "set", "2026-03-02", "14:05:30")
    assert (done.code, done.text) == (
        0,
        "The clock is set: 2026-03-02 14:05:30 (was 2026-03-02 13:00:00).\n",
    )
    told = (await ask(people.admin, "clock", "set", "2026-03-02T14:06", "--json")).json
    assert (told["changed"], told["offset_s"], told["new"]) == (True, 30.0, "2026-03-02T13:06:00Z")


async def test_what_cannot_be_is_refused_with_the_code_for_a_value(people: People) -> None:
    await people.admin.change_settings({"time.zone": "Europe/Paris"})
    for written in ("2026-03-29 02:30", "2026-10-25 02:30", "noon", "1999-01-01 00:00"):
        assert (await ask(people.admin, "clock", "set", written)).code == 3
    assert (await ask(people.admin, "clock", "set")).code == 2
    synced = await ask(people.admin, "clock", "sync", "--json")
    assert synced.code == 3
    assert synced.json["error"]["key"] == "time.mode"


async def test_a_closed_time_server_is_for_later(tmp_path: Path) -> None:
    async with station_with(tmp_path, unused_port()) as core:
        admin, user = await log_in(core), await log_in(core, "user")
        await admin.change_settings({"time.mode": "ntp_server"})
        failed = await ask(admin, "clock", "sync", "--json")
        assert failed.code == 75
        assert failed.json["error"]["details"]["step"] == "Ask 127.0.0.1"
        tested = await ask(user, "clock", "test")
        assert tested.code == 75
        assert tested.text.splitlines()[-1].startswith("FAILED  Ask 127.0.0.1: nothing listens")
        shown = await ask(user, "clock", "show")
        assert "No time from pool.ntp.org." in shown.text
        refused = await ask(admin, "clock", "set", "2026-03-02 14:05")
        assert refused.code == 3


async def test_a_time_server_that_answers_is_followed_and_shown(tmp_path: Path) -> None:
    with TimeServer() as server:
        async with station_with(tmp_path, server.port, clock=SimulatedClock(start=NOON, speed=1)) as core:
            admin = await log_in(core)
            await admin.change_settings({"time.mode": "ntp_server"})
            assert (await ask(admin, "clock", "test", "--json")).json["ok"] is True
            synced = await ask(admin, "clock", "sync")
            assert synced.text.startswith("The clock is set: ")
            assert (await ask(admin, "clock", "sync", "--json")).json["changed"] is False
            shown = await ask(admin, "clock", "show")
            assert "Last sync " in shown.text
