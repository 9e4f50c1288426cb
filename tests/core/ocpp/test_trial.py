"""What the central system changes about the protection of the link is saved once the link works with it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest

from core.api import LogQuery
from core.clock import SimulatedClock
from core.station import StationCore
from core.values.setting import Value
from core.values.supervision import SupervisionStatus
from tests.core.ocpp.supervised import PATIENCE, set_up, supervised, until
from tests.peers.authority import authority_pem, write_certificate
from tests.peers.central import CentralSystem
from tests.stations import everything_in, log_in, running_station

pytestmark = pytest.mark.peer("node", "ocpp-rpc")

FIRST, SECOND = "first-key-0123456789", "other-key-0123456789"
ACCEPTED, REJECTED = {"status": "Accepted"}, {"status": "Rejected"}
PATIENT: Mapping[str, Value] = {"message_timeout": 600, "ping_interval": 0}
"""Time that is let pass at once is no reason for the link to end."""

PROTECTED: Mapping[str, Value] = {**PATIENT, "security_profile": "1", "authorization_key": FIRST}
NEW_KEY = {"key": "AuthorizationKey", "value": SECOND}


def is_connected(status: SupervisionStatus) -> bool:
    return status.state == "connected"


async def pass_time(core: StationCore, seconds: float) -> None:
    """Let time pass without waiting for answers: some are cut off by a link that is opened anew."""
    cast("SimulatedClock", core.parts.clock).advance(seconds)
    await core.tick()
    await until(core, lambda status: status.state not in {"connecting", "booting"})


async def until_saved(core: StationCore, key: str, value: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while core.parts.settings.text(f"supervision.{key}") != value:
            await pass_time(core, 1)


async def until_left(core: StationCore) -> None:
    """The station has gone back to what is saved, and its link works again."""
    station = await log_in(core, "local")
    async with asyncio.timeout(PATIENCE):
        while not await station.log(LogQuery(find="supervision_change_left")):
            await pass_time(core, 5)
        while not is_connected(core.parts.supervision.status()):
            await pass_time(core, 5)


async def test_a_new_key_is_saved_when_the_central_system_lets_the_station_in_with_it(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central, "parking-2", **PROTECTED) as core:
        await central.door(password=SECOND)
        assert await central.call("ChangeConfiguration", NEW_KEY) == ACCEPTED
        assert core.parts.settings.text("supervision.authorization_key") == FIRST
        await until_saved(core, "authorization_key", SECOND)
        assert is_connected(core.parts.supervision.status())
    assert SECOND.encode() not in everything_in(tmp_path)


async def test_with_a_key_that_does_not_open_the_station_goes_back_to_the_one_before(
    tmp_path: Path, central: CentralSystem
) -> None:
    async with supervised(tmp_path, central, "parking-2", **PROTECTED) as core:
        await central.door(password=FIRST)
        assert await central.call("ChangeConfiguration", NEW_KEY) == ACCEPTED
        await core.tick()
        await central.until(lambda: SECOND in [each["password"] for each in central.of("upgrade")])
        await until_left(core)
        assert core.parts.settings.text("supervision.authorization_key") == FIRST
        first, *tried, last = [each["password"] for each in central.of("upgrade")]
        assert (first, set(tried), last) == (FIRST, {SECOND}, FIRST)
        assert len(tried) >= 2


async def test_a_higher_profile_is_tried_and_a_lower_one_refused(
    tmp_path: Path, central: CentralSystem
) -> None:
    url = central.secure_url(write_certificate(tmp_path))
    protected = {"primary_url": url, "ca_certificate": authority_pem()}
    async with supervised(tmp_path / "data", central, "parking-2", **{**PROTECTED, **protected}) as core:
        higher, lower = {"key": "SecurityProfile", "value": "2"}, {"key": "SecurityProfile", "value": "0"}
        assert await central.call("ChangeConfiguration", lower) == REJECTED
        assert await central.call("ChangeConfiguration", higher) == ACCEPTED
        await until_saved(core, "security_profile", "2")
        assert await central.call("ChangeConfiguration", lower) == REJECTED


async def test_a_trial_goes_on_over_a_restart(tmp_path: Path, central: CentralSystem) -> None:
    async with supervised(tmp_path, central, "parking-2", **PROTECTED):
        await central.door(password=SECOND)
        assert await central.call("ChangeConfiguration", NEW_KEY) == ACCEPTED
    async with running_station("parking-2", tmp_path) as core:
        await until_saved(core, "authorization_key", SECOND)


async def test_what_somebody_sets_at_the_station_meanwhile_counts(
    tmp_path: Path, central: CentralSystem
) -> None:
    third = "third-key-0123456789"
    async with supervised(tmp_path, central, "parking-2", **PROTECTED) as core:
        await central.door(password=third)
        assert await central.call("ChangeConfiguration", NEW_KEY) == ACCEPTED
        await set_up(core, {"supervision.authorization_key": third})
        async with asyncio.timeout(PATIENCE):
            while third not in [each["password"] for each in central.of("upgrade")]:
                await pass_time(core, 5)
        await until(core, is_connected)
        assert core.parts.settings.text("supervision.authorization_key") == third
