"""Registers of EVSE-WB boards, whatever they say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.boards.evse_wb_registers import (
    Configuration,
    commanded,
    read_configuration,
    read_state,
    seen,
    to_write,
)
from core.charge_points.signals import cable_current

WORD = st.integers(0, 0xFFFF)


@given(st.lists(WORD, min_size=7, max_size=8), st.booleans())
def test_no_registers_make_a_healthy_vehicle_out_of_a_failure(registers: list[int], attached: bool) -> None:
    state = read_state(registers)
    if state is None:
        assert registers[2] not in range(1, 6) or registers[6] not in range(1, 4)
        return
    shown = seen(state, None, attached=attached)
    if state.vehicle == 5:
        assert not shown.modulated
        assert shown.reported or not shown.diode_ok
    if attached:
        assert shown.proximity is None
    elif shown.proximity is not None and (carried := cable_current(shown.proximity)) is not None:
        assert carried <= state.cable


@given(st.floats(0, 80), st.integers(0, 13), st.booleans())
def test_what_is_written_never_offers_more_than_was_meant(
    amperes: float, minimum: int, hundredths: bool
) -> None:
    written = to_write(amperes, Configuration(minimum=minimum, hundredths=hundredths))
    offered = written / 100 if hundredths else written
    assert offered <= amperes + 1e-6
    assert offered == 0 or offered > amperes - 1


@given(st.lists(WORD, min_size=6, max_size=6), st.integers(0, 30))
def test_hundredths_need_flag_and_firmware(registers: list[int], firmware: int) -> None:
    read = read_configuration(registers, firmware)
    assert read.hundredths == (firmware >= 17 and registers[5] >> 7 & 1 == 1)


@given(WORD, st.booleans(), st.booleans())
def test_other_bits_of_the_command_stay_as_they_are(command: int, off: bool, clear: bool) -> None:
    state = read_state([0, 1, 1, 0, command, 17, 1, 0])
    assert state is not None
    told = commanded(state, turn_off=off, clear_rcd_error=clear)
    assert told & ~0b101 == command & ~0b101
    assert told & 0b101 == off | clear << 2
