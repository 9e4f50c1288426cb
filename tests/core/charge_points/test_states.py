"""The guide's state names, from pilot voltage and modulation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charge_points.states import CableState, CpwState, EvState, cable_state, cpw_state, ev_state


@pytest.mark.parametrize(
    ("pilot", "modulated", "name"),
    [
        (12, False, "A_Not_Present_12V"),
        (9, False, "B_Present_9V"),
        (9, True, "B_Present_Asked_9V_M12V"),
        (6, False, "C_Ready_6V"),
        (6, True, "C_Ready_6V_M12V"),
        (3, False, "D_Ready_VR_3V"),
        (3, True, "D_Ready_VR_3V_M12V"),
        (0, False, "E_ShortCut"),
        (-12, False, "F_NotAvailable"),
    ],
)
def test_the_pilot_gives_the_guides_state(pilot: float, modulated: bool, name: str) -> None:
    assert ev_state(pilot, modulated) == name


@given(
    level=st.sampled_from([12.0, 9.0, 6.0, 3.0, 0.0, -12.0]),
    off=st.floats(min_value=-1.0, max_value=1.0),
    modulated=st.booleans(),
)
def test_a_volt_more_or_less_makes_no_difference(level: float, off: float, modulated: bool) -> None:
    assert ev_state(level + off, modulated) is ev_state(level, modulated)


@pytest.mark.parametrize(
    ("current", "name"),
    [(None, "Not_Plugged"), (13, "13 A"), (20, "20 A"), (32, "32 A"), (63, "63 A_OR_70 A")],
)
def test_the_cable_gives_the_guides_state(current: int | None, name: str) -> None:
    assert cable_state(current) == name


def cpw(
    ev: EvState,
    *,
    cable: CableState = CableState.A32,
    flowing: bool = False,
    ended: bool = False,
    alarm: bool = False,
) -> CpwState:
    return cpw_state(ev, cable=cable, flowing=flowing, ended=ended, alarm=alarm)


def test_the_charge_point_is_available_with_nothing_plugged_in() -> None:
    assert cpw(EvState.A, cable=CableState.NOT_PLUGGED) == "EVSE_Available_StateA"


def test_a_cable_without_vehicle_is_a_detected_plug() -> None:
    assert cpw(EvState.A) is CpwState.PLUG_DETECTED


def test_a_closed_contactor_makes_it_charging() -> None:
    assert cpw(EvState.C_MODULATED) is CpwState.EV_READY
    assert cpw(EvState.C_MODULATED, flowing=True) is CpwState.CHARGING
    assert cpw(EvState.D_MODULATED, flowing=True) is CpwState.CHARGING_VENTILATION


def test_an_alarm_outranks_a_stopped_charge_and_a_short_cut_outranks_both() -> None:
    assert cpw(EvState.B, ended=True) is CpwState.STOP_CHARGING
    assert cpw(EvState.B, ended=True, alarm=True) is CpwState.ALARM
    assert cpw(EvState.E, ended=True, alarm=True) is CpwState.SHORT_CUT
    assert cpw(EvState.F, alarm=True) is CpwState.NOT_AVAILABLE
