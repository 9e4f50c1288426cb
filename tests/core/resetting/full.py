"""A station with something of everything in it, and what is left of that."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

from core.api import BadgeQuery, ChargeRecord, LogQuery, RecordQuery, Vehicle
from core.charge_points import standing
from core.station import StationCore
from core.values.outside import Booking
from tests.stations import NOON, log_in

UID = "04CAFE5EED1DAB"
REMOVED = "04DEAD5EED1DAB"
COMMENT = "Canary Comment"
SECRET = "canary-Secret-1"
RECEIVER = "canary@example.org"
SETTINGS = {
    "general.authentication_strategy": "reject_unknown",
    "publication.protocol": "smtp",
    "publication.smtp.receivers": RECEIVER,
    "publication.smtp.authentication": "yes",
    "publication.smtp.username": "canary",
    "publication.smtp.password": SECRET,
}
PERSONAL = (UID, REMOVED, COMMENT)
"""Words that are nowhere in the data folder once personal data are erased."""


async def fill(core: StationCore) -> None:
    """Badges, one of them removed again, settings with a secret, two records, facts, a booking, files."""
    admin = await log_in(core)
    await log_in(core, "user")
    await admin.change_settings(SETTINGS)
    await admin.add_badge(UID, "vip", COMMENT)
    await admin.add_badge(REMOVED, "user", f"{COMMENT} of the past")
    await admin.export_badges()
    for uid in (UID, REMOVED):
        await charge(core, uid)
    await admin.clear_badges()
    await admin.add_badge(UID, "vip", COMMENT)
    await core.parts.storage.write(put_rows)
    put_files(core.parts.folder)
    await core.parts.storage.copy()


async def charge(core: StationCore, uid: str) -> None:
    local = await log_in(core, "local")
    await local.sim_plug(1, Vehicle())
    await local.sim_badge(uid, 1)
    now = (await local.status()).station.time
    await local.sim_advance(max(now, NOON) + timedelta(hours=1))
    await local.sim_unplug(1)


def put_rows(link: sqlite3.Connection) -> None:
    """What systems outside leave behind: a booking, and a fact that the supervision has not heard of."""
    booking = Booking(number=1, point=1, uid=UID, until=NOON, origin="ocpp")
    standing.keep(link, standing.Standing(bookings=(booking,)))
    link.execute(
        "INSERT INTO transaction_facts (transaction_id, kind, fact) VALUES (1, 'ended', ?)",
        (json.dumps({"uid": REMOVED}),),
    )


def put_files(folder: Path) -> None:
    """What the console and accidents leave in a data folder."""
    for name in ("drop-box/admin/incoming/badges.csv", "transfers/x/records.csv"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(f"{UID},{COMMENT}\r\n")
    (folder / "station.sqlite.damaged-20260101T000000").write_text(COMMENT)
    (folder / ".station.sqlite.1234.new").write_text(COMMENT)
    (folder / "ssh_host_ed25519").write_text("the station's own")


async def uids(core: StationCore) -> list[str]:
    page = await (await log_in(core, "local")).badges(BadgeQuery())
    return [badge.uid for badge in page.badges]


async def records(core: StationCore) -> tuple[ChargeRecord, ...]:
    return (await (await log_in(core, "local")).records(RecordQuery())).records


async def actions(core: StationCore) -> list[str]:
    await core.parts.storage.flush()
    return [entry.action for entry in await (await log_in(core, "local")).log(LogQuery(last=1000))]
