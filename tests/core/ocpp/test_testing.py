"""Test connection: every step of the way, and what stops it, in plain words."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from core.errors import Invalid
from core.station import StationCore
from core.values.publication import ConnectionTest
from core.values.setting import Value
from tests.core.ocpp.supervised import by_ocpp, set_up, supervised, until
from tests.peers.authority import (
    authority_pem,
    certificate_of_a_stranger,
    client_certificate,
    expired_certificate,
    write_certificate,
)
from tests.peers.cable import unused_port
from tests.peers.central import NOON, CentralSystem
from tests.stations import log_in, running_station

pytestmark = pytest.mark.peer("node", "ocpp-rpc")

KEY = "0123456789abcdef-secret"


async def tried(core: StationCore, central: CentralSystem, **changes: Value) -> ConnectionTest:
    """Test with `by_ocpp` and these changes, nothing of it saved."""
    found = await (await log_in(core, "local")).test_supervision(
        {key: value for key, value in by_ocpp(central, **changes).items() if key.startswith("supervision.")}
    )
    assert KEY not in repr(found)
    return found


async def test_every_step_is_told_up_to_being_taken(tmp_path: Path, central: CentralSystem) -> None:
    async with running_station("parking-2", tmp_path) as core:
        found = await tried(core, central)
        assert found.ok
        assert [step.name for step in found.steps] == ["Find the server", "Connect", "Speak OCPP", "Register"]
        assert found.steps[-1].said == "The central system accepts this station."
        assert core.parts.supervision.status().state == "off"
        assert central.actions() == ["BootNotification"]


async def test_encryption_password_and_the_stations_own_certificate_are_used(
    tmp_path: Path, central: CentralSystem
) -> None:
    await central.door(password=KEY)
    server, authority = write_certificate(tmp_path), tmp_path / "authority.pem"
    authority.write_text(authority_pem())
    certificate, key = client_certificate()
    async with running_station("parking-2", tmp_path / "data") as core:
        url = central.secure_url(server)
        with_key = await tried(
            core,
            central,
            primary_url=url,
            security_profile="2",
            authorization_key=KEY,
            ca_certificate=authority_pem(),
        )
        assert [step.name for step in with_key.steps] == [
            "Find the server",
            "Connect",
            "Encrypt",
            "Certificate",
            "Speak OCPP",
            "Register",
        ]
        assert with_key.ok
        await central.door()
        own = await tried(
            core,
            central,
            primary_url=central.secure_url(write_certificate(tmp_path / "data"), authority),
            security_profile="3",
            client_certificate=certificate,
            client_key=key,
            ca_certificate=authority_pem(),
        )
        assert own.ok
    assert [each["certificate"] for each in central.of("upgrade")][-1] == "Authority of the tests"


REFUSALS = (
    (401, "did not accept the log-in. Check Identity, Authorization key and Security profile."),
    (404, "does not know this address, or no station of this name."),
    (302, "says that the central system is elsewhere"),
    (503, "is not ready at the moment. It is tried again later."),
)


async def test_a_refusal_says_what_to_look_at(tmp_path: Path, central: CentralSystem) -> None:
    async with running_station("parking-2", tmp_path) as core:
        for status, said in REFUSALS:
            await central.door(status=status)
            found = await tried(core, central)
            assert not found.ok
            assert (found.steps[-1].name, found.steps[-1].ok) == ("Speak OCPP", False)
            assert said in found.steps[-1].said


async def test_nobody_listening_and_no_tls_say_so(tmp_path: Path, central: CentralSystem) -> None:
    async with running_station("parking-2", tmp_path) as core:
        closed = await tried(core, central, primary_url=f"ws://127.0.0.1:{unused_port()}/ocpp")
        assert closed.steps[-1].name == "Connect"
        assert "no server listens at port" in closed.steps[-1].said
        plain = await tried(core, central, primary_url=central.url.replace("ws:", "wss:"))
        assert plain.steps[-1].name == "Encrypt"
        assert "does not speak TLS" in plain.steps[-1].said


async def test_certificates_that_prove_nothing_are_refused(tmp_path: Path, central: CentralSystem) -> None:
    async with running_station("parking-2", tmp_path / "data") as core:
        for number, (shown, said) in enumerate(
            [
                (expired_certificate(), "has expired. Check the station's date and time"),
                (certificate_of_a_stranger(), "comes from an authority that this station does not know"),
            ]
        ):
            folder = tmp_path / str(number)
            folder.mkdir()
            url = central.secure_url(write_certificate(folder, shown))
            found = await tried(core, central, primary_url=url, ca_certificate=authority_pem())
            assert (found.steps[-1].name, found.steps[-1].ok) == ("Certificate", False)
            assert said in found.steps[-1].said
    assert central.of("upgrade") == []


async def test_a_test_lets_the_link_rest_and_it_comes_back(tmp_path: Path, central: CentralSystem) -> None:
    async with supervised(tmp_path, central) as core:
        central.answers["BootNotification"] = lambda _: {
            "status": "Rejected",
            "currentTime": NOON,
            "interval": 60,
        }
        found = await (await log_in(core, "local")).test_supervision()
        assert found.steps[-1].said.startswith("The central system refuses this station.")
        central.answers["BootNotification"] = lambda _: {
            "status": "Accepted",
            "currentTime": NOON,
            "interval": 60,
        }
        await until(core, lambda status: status.state == "connected")
        await central.heard("BootNotification", 3)


async def test_a_central_system_that_never_answers_is_noticed(tmp_path: Path, central: CentralSystem) -> None:
    central.answers["BootNotification"] = lambda _: None
    async with running_station("parking-2", tmp_path) as core:
        await set_up(core, {"general.station_type": "supervised"})
        testing = asyncio.create_task(tried(core, central, message_timeout=5))
        await central.heard("BootNotification")
        core.parts.clock.advance(30)  # type: ignore[attr-defined]
        await core.tick()
        found = await testing
        assert found.steps[-1].said.startswith("It took the connection and did not answer.")


async def test_what_is_missing_is_said_before_anything_is_tried(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with running_station("parking-2", tmp_path) as core:
        with pytest.raises(Invalid, match="Identity"):
            await tried(core, central, identity="")
