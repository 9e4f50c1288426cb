"""Security events reach the central system in order, from the station's log, each once and none is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from core.errors import StationError
from core.ocpp.security.event_types import event_of, told
from core.station import StationCore
from core.values.log import LogEntry
from tests.core.ocpp.supervised import (
    PATIENCE,
    advance,
    by_ocpp,
    is_answered,
    is_quiet,
    set_up,
    supervised,
    until,
)
from tests.peers.authority import authority_pem, certificate_of_a_stranger, write_certificate
from tests.peers.central import CentralSystem
from tests.stations import NOON, PASSWORDS, everything_in, log_in, running_station

pytestmark = pytest.mark.peer("node", "ocpp-rpc")

EVENT = "SecurityEventNotification"
KEY = "0123456789abcdef-secret"
PROTECTED = {"security_profile": "1", "authorization_key": KEY}


def types(central: CentralSystem) -> list[str]:
    return [each["type"] for each in central.calls(EVENT)]


async def told_of(core: StationCore, central: CentralSystem, event: str, times: int = 1) -> list[str]:
    """The types of all events so far, as soon as this one was told so often and it is quiet again."""
    async with asyncio.timeout(PATIENCE):
        while types(central).count(event) < times:
            await core.tick()
            await until(core, is_answered)
    await until(core, is_quiet)
    return types(central)


async def test_what_touches_the_security_of_the_station_is_told_without_values(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central, **PROTECTED) as core:
        admin = await log_in(core, "local")
        await admin.set_clock("2026-03-02 14:00")
        await admin.change_password("user", PASSWORDS["user"])
        await admin.change_settings({"supervision.ca_certificate": authority_pem()})
        await core.parts.charging.sim_fault(1, "anti_intrusion", True)
        assert sorted((await told_of(core, central, "TamperDetectionActivated"))[-4:]) == [
            "ReconfigurationOfSecurityParameters",
            "ReconfigurationOfSecurityParameters",
            "SettingSystemTime",
            "TamperDetectionActivated",
        ]
        assert "BEGIN CERTIFICATE" not in repr(central.calls(EVENT))


async def test_what_happens_while_nobody_listens_is_told_later_each_once_over_a_restart(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central, **PROTECTED) as core:
        await central.door(status=503)
        central.drop()
        await central.closed()
        await (await log_in(core, "local")).change_password("user", PASSWORDS["user"])
    await central.door()
    for times in (1, 2):
        statuses = len(central.calls("StatusNotification"))
        async with running_station("parking-2", tmp_path) as core:
            await core.tick()
            await central.heard("StatusNotification", statuses + 3)
            await told_of(core, central, "StartupOfTheDevice", times)
    assert types(central)[-3:] == [
        "ReconfigurationOfSecurityParameters",
        "StartupOfTheDevice",
        "StartupOfTheDevice",
    ]


async def test_without_a_security_profile_nothing_of_it_is_sent_and_nothing_of_before_later(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        admin = await log_in(core, "local")
        await admin.change_password("user", PASSWORDS["user"])
        await core.tick()
        # What is said last shows that the log was looked at before.
        await central.call("TriggerMessage", {"requestedMessage": "Heartbeat"})
        await central.heard("Heartbeat")
        await until(core, is_quiet)
        assert types(central) == []
        await admin.change_settings({f"supervision.{name}": value for name, value in PROTECTED.items()})
        await core.tick()
        await central.heard(EVENT)
        assert set(types(central)) == {"ReconfigurationOfSecurityParameters"}
        assert not any("password" in each["techInfo"] for each in central.calls(EVENT))


async def test_a_central_system_that_knows_no_such_events_does_not_hold_up_anything(
    tmp_path: Path, central: CentralSystem
) -> None:
    central.answers[EVENT] = lambda _: "NotImplemented"
    async with supervised(tmp_path, central, **PROTECTED) as core:
        await (await log_in(core, "local")).change_password("user", PASSWORDS["user"])
        await advance(core, 1)
        await until(core, is_quiet)
        await central.call("TriggerMessage", {"requestedMessage": "Heartbeat"})
        await central.heard("Heartbeat")


@pytest.mark.parametrize("reason", ["certificate", "password"])
async def test_a_link_that_fails_because_one_side_is_not_believed_is_logged_once_and_told_when_it_works(
    tmp_path: Path, central: CentralSystem, reason: str
) -> None:
    shown = certificate_of_a_stranger() if reason == "certificate" else None
    url = central.secure_url(write_certificate(tmp_path, shown))
    if reason == "password":
        await central.door(password="another-0123456789")
    protected = {"security_profile": "2", "authorization_key": KEY, "ca_certificate": authority_pem()}
    async with running_station("parking-2", tmp_path / "data") as core:
        await set_up(core, {**by_ocpp(central, **protected), "supervision.primary_url": url})
        await until(core, lambda status: status.state == "waiting")
        for _ in range(3):
            await advance(core, 1)
        if reason == "certificate":
            right = tmp_path / "right"
            right.mkdir()
            url = central.secure_url(write_certificate(right))
            await set_up(core, {"supervision.primary_url": url})
        await central.door()
        await advance(core, 30)
        await until(core, lambda status: status.state == "connected")
        event = {
            "certificate": "InvalidCentralSystemCertificate",
            "password": "FailedToAuthenticateAtCentralSystem",
        }
        assert (await told_of(core, central, event[reason])).count(event[reason]) == 1
    assert KEY.encode() not in everything_in(tmp_path / "data")


async def test_the_messages_of_the_whitepaper_come_when_they_are_asked_for(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central) as core:
        for message in ("LogStatusNotification", "FirmwareStatusNotification", "Heartbeat"):
            asked = {"requestedMessage": message}
            assert await central.call("ExtendedTriggerMessage", asked) == {"status": "Accepted"}
            await central.heard(message)
        await until(core, is_quiet)
        assert central.calls("LogStatusNotification") == [{"status": "Idle"}]


def entry(action: str, **more: str) -> LogEntry:
    return LogEntry(number=1, time=NOON, kind="event", account="station", origin="", action=action, **more)


def test_other_entries_are_no_security_events() -> None:
    assert event_of(entry("logged_in")) == ""
    assert event_of(entry("setting_changed", subject="general.language")) == ""
    assert event_of(entry("firmware_refused", subject="The package has version 1")) == ""
    assert event_of(entry("error_raised", new="Err #12")) == ""


def test_what_is_told_fits_and_is_printable() -> None:
    assert told(entry("restarted", subject="a\nb" * 200)).isprintable()
    assert len(told(entry("restarted", subject="ab" * 200))) == 255


async def test_the_position_in_the_log_is_kept_even_where_it_cannot_be_read(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await _break_what_was_kept(core)
    async with supervised(tmp_path, central, **PROTECTED) as core:
        await until(core, is_quiet)
        with pytest.raises(StationError):
            await (await log_in(core, "local")).change_settings({"supervision.security_profile": "0"})


async def _break_what_was_kept(core: StationCore) -> None:
    await core.parts.storage.write(lambda link: link.execute("UPDATE ocpp_kept SET sealed = 'broken'"))
