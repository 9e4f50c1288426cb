"""Charge points kept for somebody: by a system outside, until it is used, taken back or has run out."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.badges.verdict import Verdict
from core.errors import Invalid
from core.transactions.facts import Started
from core.values.outside import Booking, Outsider
from core.values.simulation import Vehicle
from tests.core.charging_house import START, House, house
from tests.core.serving.supervision import CONTROLLED, answers, supervised

ANNA, BERT = "AABBCC", "DDEEFF"


def booking(
    number: int,
    point: int | None,
    uid: str = ANNA,
    *,
    minutes: int = 30,
    origin: Outsider = "ocpp",
    parent: str = "",
) -> Booking:
    until = START + timedelta(minutes=minutes)
    return Booking(number=number, point=point, uid=uid, until=until, origin=origin, parent=parent)


def uids(station: House) -> list[str | None]:
    return [point.session.uid if point.session else None for point in station.charging.charge_points()]


async def present(station: House, uid: str, point: int) -> None:
    await station.charging.present_badge(uid, point)
    await answers()


async def test_a_booked_charge_point_serves_its_booker_alone_and_tells_the_booking(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        assert await station.charging.book(booking(17, 1)) == "accepted"
        await station.charging.sim_plug(1, Vehicle())
        await present(station, BERT, 1)
        assert uids(station) == [None, None]
        assert station.charging.charge_points()[0].last_error == "KO_BadgeIsNotTheBooker"
        await present(station, ANNA, 1)
        assert uids(station) == [ANNA, None]
        assert station.charging.charge_points()[0].booking is None
        fact = await station.charging.facts.next()
        assert fact is not None
        assert isinstance(fact.fact, Started)
        assert fact.fact.booking == 17
        assert await station.charging.cancel_booking(17, origin="ocpp") == "unknown"


async def test_a_badge_of_the_booker_s_group_may_use_a_booking(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, central):
        central.verdicts[BERT] = Verdict(status="accepted", parent="FLEET")
        await station.charging.book(booking(17, 1, parent="fleet"))
        await station.charging.sim_plug(1, Vehicle())
        await present(station, BERT, 1)
        assert uids(station) == [BERT, None]


async def test_a_booking_runs_out_and_can_be_taken_back(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        await station.charging.book(booking(17, 1, minutes=10))
        await station.charging.book(booking(18, 2, minutes=10))
        assert await station.charging.cancel_booking(18, origin="ocpp") == "accepted"
        assert [point.booking is None for point in station.charging.charge_points()] == [False, True]
        await station.wait(600)
        assert station.charging.charge_points()[0].booking is None
        noted = [(note.action, note.subject, note.new) for note in station.notes if "book" in note.action]
        assert noted == [
            ("booked", "charge point 1", "accepted"),
            ("booked", "charge point 2", "accepted"),
            ("booking_ended", "charge point 2", None),
            ("booking_ended", "charge point 1", None),
        ]
        assert await station.charging.remote_start(1, BERT) == "accepted"


async def test_a_booking_outlasts_a_restart(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        await station.charging.book(booking(17, 1))
    async with supervised(tmp_path) as (station, _):
        assert station.charging.charge_points()[0].booking == booking(17, 1)
        assert await station.charging.remote_start(1, BERT) == "booked"
        assert await station.charging.remote_start(1, ANNA.lower()) == "accepted"


async def test_a_booking_for_any_charge_point_keeps_the_last_free_one(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        assert await station.charging.book(booking(17, None)) == "accepted"
        assert await station.charging.remote_start(None, BERT) == "accepted"
        await station.charging.sim_plug(2, Vehicle())
        assert uids(station) == [None, BERT]
        assert await station.charging.remote_start(None, "OTHER") == "booked"
        assert await station.charging.book(booking(18, 1, BERT)) == "occupied"
        await station.charging.sim_plug(1, Vehicle())
        await present(station, ANNA, 1)
        assert uids(station) == [ANNA, BERT]


async def test_what_is_in_use_booked_or_out_of_service_cannot_be_booked(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        await station.charging.sim_plug(1, Vehicle())
        assert await station.charging.book(booking(1, 1)) == "occupied"
        assert await station.charging.book(booking(2, 2)) == "accepted"
        assert await station.charging.book(booking(3, 2)) == "occupied"
        assert await station.charging.book(booking(3, None)) == "occupied"
        assert await station.charging.book(booking(2, 2, BERT)) == "accepted"
        kept = station.charging.charge_points()[1].booking
        assert kept is not None
        assert kept.uid == BERT
        await station.charging.cancel_booking(2, origin="ocpp")
        await station.charging.set_available(2, False, origin="ocpp")
        assert await station.charging.book(booking(4, 2)) == "unavailable"
        await station.charging.sim_unplug(1)
        await station.charging.sim_fault(1, "anti_intrusion", True)
        assert await station.charging.book(booking(5, 1)) == "faulted"


async def test_a_booking_of_the_building_is_shown_and_serves_whom_it_starts(tmp_path: Path) -> None:
    async with house(tmp_path, general__authentication_location="disable", **CONTROLLED) as station:
        await station.charging.book(booking(1, 1, "", origin="plc"))
        assert "Booked_Plc_Cmd_Received" in station.charging.charge_points()[0].evse_status
        await station.charging.sim_plug(1, Vehicle())
        assert uids(station) == [None, None]
        assert await station.charging.remote_start(1, origin="plc") == "accepted"
        assert station.charging.charge_points()[0].power_w > 0
        assert station.charging.charge_points()[0].booking is None


async def test_a_booking_needs_a_moment_that_is_still_to_come(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        with pytest.raises(Invalid):
            await station.charging.book(booking(1, 1, minutes=0))
