"""One report with something in every section, for all tests of how it is shown."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from core.api import Report, Vehicle
from core.values.control import WaitingRestart
from core.values.firmware import FirmwareOutcome, WaitingFirmware
from core.values.publication import FailedTry
from core.values.supervision import SeenMessage, SupervisionStatus
from tests.stations import NOON, log_in, running_station


async def make_report(folder: Path) -> Report:
    async with running_station("parking-2", folder) as core:
        local = await log_in(core, "local")
        await local.add_badge("E1EB1C02", comment="Fleet van 3")
        for _charge in range(2):
            await local.sim_plug(1, Vehicle(phases=1))
            await local.sim_badge("E1EB1C02", 1)
            await local.sim_advance((await local.clock()).time + timedelta(minutes=20))
            await local.sim_unplug(1)
        await local.sim_plug(1, Vehicle())
        await local.sim_badge("E1EB1C02", 1)
        await local.sim_fault(2, "surge_arrestor", on=True)
        await local.change_settings(
            {
                "socket.2.derated_current": 20,
                "publication.smtp.server": "mail.example.org",
                "publication.smtp.password": "Canary-mail-0451",
            }
        )
        await local.change_network({"network.dns_preferred": "192.168.0.5"})
        await local.sim_advance(NOON + timedelta(hours=2))
        return with_the_rest(await local.report(uids=True, comments=True))


def with_the_rest(report: Report) -> Report:
    """The report with what the station has not gone through: links that fail, packages, a part not read."""
    replace = msgspec.structs.replace
    account, origin = "admin", "ssh ::1"
    restart = WaitingRestart(purpose="restart", account=account, origin=origin, since=NOON)
    failed = FailedTry(
        name="records.csv", first=1, last=2, tries=3, time=NOON, certain=False, step="Connect", said="refused"
    )
    assert report.publication is not None
    assert report.firmware is not None
    message = SeenMessage(
        time=NOON, way="in", kind="error", action="BootNotification", id="1", said="NotSupported"
    )
    return replace(
        report,
        status=replace(report.status, station=replace(report.status.station, restart_waiting=restart)),
        publication=replace(report.publication, failed=failed, retry=NOON),
        clock=replace(
            report.clock, mode="ntp", state="failing", server="time.example.org", last_sync=NOON, said="late"
        ),
        network=replace(report.network, problem="the port has no cable"),
        supervision=SupervisionStatus(
            protocol="ocpp16j", state="waiting", url="ws://central.example.org/CS-01", server="primary",
            heard=NOON, step="Connect", said="refused", waiting=2, messages=(message,),
        ),
        firmware=replace(
            report.firmware,
            slot="b",
            waiting=WaitingFirmware(version="0.3.0", account=account, since=NOON),
            outcome=FirmwareOutcome(
                version="0.2.0", result="returned", reason="no answer", account=account, source="", at=NOON
            ),
        ),
        missing=("records",),
    )  # fmt: skip


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return asyncio.run(make_report(tmp_path_factory.mktemp("reporting")))
