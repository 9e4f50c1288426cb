"""What a demonstration finds on a fresh station: badges and some weeks of records."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import chain
from typing import Literal

import msgspec

from core.badges import table as badges
from core.cdrs import table as records
from core.charge_points.configured import SOCKET_TYPES
from core.profile import HardwareProfile
from core.storage import Storage
from core.values.records import ChargeRecord

WEEKS = 6
SEED = 61851


class Driver(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who charges in the demonstration; `current` A, `usual_wh` Wh a charge, from `hour` on."""

    uid: str
    comment: str
    type: Literal["user", "vip", "admin"] = "user"
    phases: Literal[1, 3] = 3
    current: float = 16.0
    usual_wh: int = 18_000
    hour: int = 8


DRIVERS: tuple[Driver, ...] = (
    Driver(uid="3F420F", comment="Pool car 1", current=32.0, usual_wh=31_000),
    Driver(uid="E1EB1C02", comment="Pool car 2", phases=1, current=32.0, usual_wh=14_000, hour=13),
    Driver(uid="04A1B2C3D4E5F6", comment="Flat 12, Anna Berg", phases=1, usual_wh=9_000, hour=17),
    Driver(uid="04517A92C05E80", comment="Flat 14", usual_wh=22_000, hour=18),
    Driver(uid="E00700001F8AC3FB", comment="Delivery van", phases=1, current=32.0, usual_wh=19_000, hour=12),
    Driver(uid="5BC20A17", comment="Office, second floor", usual_wh=12_000, hour=8),
    Driver(uid="5BC20A44", comment="Office, third floor", usual_wh=16_000, hour=9),
    Driver(uid="9D03E6B1", comment="Visitor badge A", current=32.0, usual_wh=25_000, hour=11),
    Driver(uid="9D03E6B2", comment="Visitor badge B", phases=1, usual_wh=7_000, hour=15),
    Driver(uid="04D2880AEE4981", comment="Car sharing, Ülo Õun", usual_wh=28_000, hour=20),
    Driver(uid="7711AA52", comment="Managing director", type="vip", current=32.0, usual_wh=34_000, hour=10),
)
KEEPER = Driver(uid="00C0FFEE", comment="Caretaker", type="admin")

_MARK = "CREATE TABLE IF NOT EXISTS demonstration (only_row INTEGER PRIMARY KEY)"
_MARKED = "SELECT count(*) FROM sqlite_master WHERE name = 'demonstration'"


async def furnish(storage: Storage, profile: HardwareProfile, now: datetime) -> bool:
    """Invent badges and records on a station that has no record yet; True if that was done.

    A station that was furnished once stays empty after a reset.
    """

    def act(link: sqlite3.Connection) -> bool:
        (furnished,) = link.execute(_MARKED).fetchone()
        if furnished or records.last_number(link) > 0 or badges.every(link):
            return False
        link.execute(_MARK)
        if profile.rfid_reader:
            for driver in (*DRIVERS, KEEPER):
                badges.add(link, driver.uid, driver.type, driver.comment)
        for record in invented(profile, now):
            records.append(link, record)
        return True

    return await storage.write(act)


async def is_demonstration(storage: Storage) -> bool:
    """The station was furnished by a demonstration: cars may come and go there by themselves."""

    def ask(link: sqlite3.Connection) -> bool:
        (count,) = link.execute(_MARKED).fetchone()
        return bool(count)

    return await storage.read(ask)


def invented(profile: HardwareProfile, now: datetime) -> list[ChargeRecord]:
    """Some weeks of records up to a quarter of an hour ago, in the order in which the charges ended."""
    chance = random.Random(SEED)  # noqa: S311 - a story, not a secret
    points = range(1, profile.charge_points + 1)
    found = sorted(
        chain.from_iterable(_of_point(profile, point, now, chance) for point in points), key=_by_end
    )
    return [msgspec.structs.replace(record, transaction_id=number) for number, record in enumerate(found, 1)]


def _by_end(record: ChargeRecord) -> tuple[datetime, int]:
    return record.end, record.socket


def _of_point(
    profile: HardwareProfile, point: int, now: datetime, chance: random.Random
) -> Iterator[ChargeRecord]:
    meter, free = 0, now - timedelta(weeks=WEEKS)
    highest = 16.0 if profile.family == "wallbox" else 32.0
    for day in range(WEEKS * 7, -1, -1):
        date = (now - timedelta(days=day)).date()
        drivers = chance.sample(DRIVERS, chance.randint(1, 4 if date.weekday() < 5 else 2))
        for driver in sorted(drivers, key=lambda each: each.hour):
            start = datetime.combine(date, time(driver.hour), now.tzinfo)
            start += timedelta(seconds=chance.randint(-3000, 3000))
            energy = round(driver.usual_wh * chance.uniform(0.3, 1.6))
            phases = min(driver.phases, profile.socket(point).phases)
            power = min(driver.current, highest) * 230 * phases
            stays = round(energy / power * 3600 * chance.uniform(1.02, 2.5))
            end = start + timedelta(seconds=stays)
            if start < free or end > now - timedelta(minutes=15):
                continue
            yield ChargeRecord(
                number=0,
                station=profile.identity.serial_number,
                socket=point,
                transaction_id=0,
                uid=driver.uid if profile.rfid_reader else "",
                charge_type="AC_THREE_PHASE" if phases == 3 else "AC_SINGLE_PHASE",
                start=start,
                end=end,
                energy_kwh=energy / 1000,
                socket_type=SOCKET_TYPES[profile.socket(point).type],
                duration_s=stays,
                comment=driver.comment if profile.rfid_reader else "",
                stop_reason=chance.choices(("vehicle_unplugged", "badge", "fault"), (80, 18, 2))[0],
                meter_start_wh=meter,
                meter_stop_wh=meter + energy,
                mean_power_w=round(energy * 3600 / stays),
                max_power_w=round(power),
                phases=phases,
            )
            meter, free = meter + energy, end + timedelta(minutes=5)
