"""What each input does to a charge: input, kind of contact and state give the effect."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.values.simulation import Vehicle
from core.values.status import ChargePointStatus
from tests.core.charging_house import House, house

FREE = {"general__authentication_location": "disable"}
SHEDDING = {"socket__1__input_1": "load_shedding", "socket__1__load_shedding_set_point": "16"}
PROTECTION = {"socket__1__input_1": "protection_devices"}
CONDITION = {"socket__1__input_2": "conditional_start"}
LIMITATION = {"socket__1__temporary_current_limit": "10"}


def charges(current: float) -> Callable[[ChargePointStatus], bool]:
    return lambda status: (status.offered_current, status.power_w > 0) == (current, True)


def is_postponed(status: ChargePointStatus) -> bool:
    waits = (status.offered_current, status.power_w) == (0, 0) and status.session is not None
    return waits and "Charge_Postpone" in status.evse_status


def is_paused(status: ChargePointStatus) -> bool:
    waits = (status.offered_current, status.power_w) == (0, 0) and status.session is not None
    return waits and "not_Enough_Energy_To_Start_Charge" in status.evse_status


def is_ended(status: ChargePointStatus) -> bool:
    return status.session is None and status.last_charge_status == "Circuit_Breaker_Open"


def is_blocked(status: ChargePointStatus) -> bool:
    return status.session is None and status.last_charge_status == "Not_Initialized"


POST, CITY, WALLBOX = "parking-1", "city-2", "wallbox-rfid"
IN_1_CLOSED = {"socket__1__input_1_normally_open": "no"}
IN_2_CLOSED = {"socket__1__input_2_normally_open": "no"}
DELAY_CLOSED = {"socket__1__delayed_start_contact": "normally_closed"}
LIMIT_CLOSED = {"socket__1__current_limit_contact": "normally_closed"}
TOO_SMALL = {"socket__1__load_shedding_set_point": "5"}
Effect = Callable[[ChargePointStatus], bool]


@pytest.mark.parametrize(
    ("profile", "settings", "name", "acts_closed", "before", "during", "otherwise"),
    [
        # Effects: it acts before the vehicle comes; it begins to act in a charge; it does not act.
        (POST, {}, "input_1", True, charges(32), charges(32), charges(32)),
        (POST, {}, "input_2", True, charges(32), charges(32), charges(32)),
        (POST, SHEDDING, "input_1", True, charges(16), charges(16), charges(32)),
        (POST, SHEDDING | IN_1_CLOSED, "input_1", False, charges(16), charges(16), charges(32)),
        (POST, SHEDDING | TOO_SMALL, "input_1", True, is_paused, is_paused, charges(32)),
        (POST, PROTECTION, "input_1", False, is_blocked, is_ended, charges(32)),
        (POST, PROTECTION | IN_1_CLOSED, "input_1", True, is_blocked, is_ended, charges(32)),
        (POST, CONDITION, "input_2", False, is_postponed, charges(32), charges(32)),
        (POST, CONDITION | IN_2_CLOSED, "input_2", True, is_postponed, charges(32), charges(32)),
        (CITY, {}, "circuit_breaker", False, is_blocked, is_ended, charges(32)),
        (CITY, SHEDDING, "circuit_breaker", False, is_blocked, is_ended, charges(32)),
        (CITY, SHEDDING, "input_1", True, charges(16), charges(16), charges(32)),
        (WALLBOX, {}, "delayed_start", True, is_postponed, is_postponed, charges(16)),
        (WALLBOX, DELAY_CLOSED, "delayed_start", False, is_postponed, is_postponed, charges(16)),
        (WALLBOX, LIMITATION, "current_limit", True, charges(10), charges(10), charges(16)),
        (WALLBOX, LIMITATION | LIMIT_CLOSED, "current_limit", False, charges(10), charges(10), charges(16)),
        (WALLBOX, {}, "current_limit", True, is_paused, is_paused, charges(16)),
    ],
)
async def test_an_input_acts_as_its_contact_is_wired(
    tmp_path: Path,
    profile: str,
    settings: dict[str, str],
    name: str,
    acts_closed: bool,
    before: Effect,
    during: Effect,
    otherwise: Effect,
) -> None:
    car = Vehicle(phases=1)
    async with house(tmp_path, profile, **FREE, **settings) as station:
        await station.charging.sim_input(1, name, acts_closed)
        await station.charging.sim_plug(1, car)
        assert before(status_of(station))
        await station.charging.sim_unplug(1)
        await station.charging.sim_input(1, name, not acts_closed)
        await station.charging.sim_plug(1, car)
        assert otherwise(status_of(station))
        await station.wait(60)
        await station.charging.sim_input(1, name, acts_closed)
        assert during(status_of(station))
        await station.charging.sim_input(1, name, not acts_closed)
        assert otherwise(status_of(station))


async def test_what_an_input_does_is_in_the_log_in_words(tmp_path: Path) -> None:
    async with house(tmp_path, WALLBOX, **FREE, **LIMITATION) as station:
        await station.charging.sim_plug(1, Vehicle(phases=1))
        for name in ("current_limit", "delayed_start"):
            await station.charging.sim_input(1, name, True)
            await station.charging.sim_input(1, name, False)
        assert [(note.action, note.old, note.new, note.text) for note in station.notes] == [
            (
                "limit_changed",
                "16 A (derated)",
                "10 A (temporary_limit)",
                "current_limit is active, set point 10 A",
            ),
            ("limit_changed", "10 A (temporary_limit)", "16 A (derated)", "derated current 16 A"),
            ("charge_postponed", None, None, "delayed_start holds the charge back"),
            ("charge_resumed", None, None, ""),
        ]


async def test_a_set_point_that_comes_to_nothing_says_why(tmp_path: Path) -> None:
    async with house(tmp_path, "parking-2", **FREE, **SHEDDING) as station:
        await station.charging.sim_input(1, "input_1", True)
        await station.charging.sim_plug(1, Vehicle())
        assert charges(16)(status_of(station))
    low = SHEDDING | {"socket__1__load_shedding_set_point": "13"}
    async with house(tmp_path, "parking-2", **FREE, **low) as station:
        await station.charging.sim_input(1, "input_1", True)
        await station.charging.sim_plug(1, Vehicle())
        assert is_paused(status_of(station))
        (note,) = (note for note in station.notes if note.action == "limit_changed")
        assert (
            note.text
            == "input_1 asks for load shedding, set point 13 A, below 14 A nothing charges three-phase"
        )


def status_of(station: House) -> ChargePointStatus:
    return station.charging.charge_points()[0]
