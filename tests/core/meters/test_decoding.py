"""From registers to a reading, against values written by the register map of the meter."""

from __future__ import annotations

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.meters.decoding import FORMATS, Implausible, decoded, reading_of
from core.meters.models import MODELS
from core.meters.table import WORDS, Kind, Register
from tests.core.meters.models.iem3155 import Iem3155

IEM = MODELS["iem_3x5x"]


def words_of(meter: Iem3155) -> dict[int, int]:
    """What the meter answers to every request of a reading."""
    words: dict[int, int] = {}
    for block in IEM.blocks:
        raw = meter.answer(3, block.wire, block.count)
        words |= {
            block.wire + at: int.from_bytes(raw[2 * at : 2 * at + 2], "big") for at in range(block.count)
        }
    return words


def test_everything_comes_in_amperes_volts_watts_and_watt_hours() -> None:
    meter = Iem3155(energy_wh=9_876_543_210, serial=31_550_417, firmware=1102)
    meter.current, meter.voltage, meter.power_factor = (16.0, 15.5, 14.25), (229.5, 230.25, 231.0), 0.5
    meter.frequency = 49.75
    words = words_of(meter)
    reading = reading_of(IEM, words, at=7.0)
    assert (reading.current, reading.voltage, reading.at) == (meter.current, meter.voltage, 7.0)
    assert reading.power == pytest.approx(meter.power)
    assert reading.watts == pytest.approx(sum(meter.power))
    assert reading.energy_wh == 9_876_543_210
    values = decoded(IEM.registers, words)
    assert (values["serial"], values["firmware"], values["frequency"]) == (31_550_417, 1102, 49.75)


def test_a_firmware_with_its_voltages_one_register_further_is_read_too() -> None:
    meter = Iem3155()
    meter.voltage, meter.moved = (228.0, 229.0, 230.0), 1
    assert reading_of(IEM, words_of(meter), at=0.0).voltage == (228.0, 229.0, 230.0)


def test_inputs_that_are_not_wired_count_as_nothing() -> None:
    meter = Iem3155()
    meter.voltage, meter.current = (231.0, math.nan, math.nan), (10.0, math.nan, math.nan)
    words = words_of(meter)
    words |= dict(zip((3059, 3060), struct.unpack(">HH", struct.pack(">f", 2.31)), strict=True))
    reading = reading_of(IEM, words, at=0.0)
    assert (reading.voltage, reading.current) == ((231.0, 0.0, 0.0), (10.0, 0.0, 0.0))
    assert reading.watts == pytest.approx(2310)


def spoiled(**values: object) -> dict[int, int]:
    meter = Iem3155()
    for name, value in values.items():
        setattr(meter, name, value)
    return words_of(meter)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (spoiled(has_nan=True), "voltage"),
        (spoiled(voltage=(0.0, 0.0, 0.0)), "voltage"),
        (spoiled(voltage=(6000.0, 6000.0, 6000.0)), "voltage"),
        (spoiled(current=(math.nan, 1.0, 1.0)), "current"),
        (spoiled(current=(-4.0, 1.0, 1.0)), "current"),
        (spoiled(current=(5e6, 1.0, 1.0)), "current"),
        (spoiled(energy_wh=-1), "energy"),
        (spoiled(energy_wh=10**16), "energy"),
        ({}, "voltage"),
    ],
)
def test_what_cannot_be_is_no_reading(words: dict[int, int], said: str) -> None:
    with pytest.raises(Implausible, match=said):
        reading_of(IEM, words, at=0.0)


def test_a_table_reads_only_what_its_blocks_ask_for_and_names_everything_that_is_needed() -> None:
    for model in MODELS.values():
        asked = {wire for block in model.blocks for wire in range(block.wire, block.wire + block.count)}
        rows = (*model.registers, *model.instead)
        assert {wire for row in rows for wire in range(row.wire, row.wire + WORDS[row.kind])} <= asked
        assert {row.quantity for row in model.registers} >= {
            *(f"{each}_{place}" for each in ("current", "voltage", "power") for place in (1, 2, 3)),
            "power",
            "energy",
        }
        assert max(block.count for block in model.blocks) <= 125


@given(st.data())
def test_every_kind_of_value_comes_back_as_it_was_written(data: st.DataObject) -> None:
    kind: Kind = data.draw(st.sampled_from(tuple(FORMATS)))
    drawn = {
        "float32": st.floats(width=32, allow_nan=False),
        "int64": st.integers(-(2**63), 2**63 - 1),
        "uint32": st.integers(0, 2**32 - 1),
        "uint16": st.integers(0, 2**16 - 1),
    }
    value = data.draw(drawn[kind])
    raw = struct.pack(FORMATS[kind], value)
    words = {100 + at: int.from_bytes(raw[2 * at : 2 * at + 2], "big") for at in range(len(raw) // 2)}
    assert decoded([Register("value", 100, kind, 1, "")], words) == {"value": value}
