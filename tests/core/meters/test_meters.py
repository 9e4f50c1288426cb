"""Power meters on a serial line and on the network: found, read, lost and found again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from core.consistency import same_meter
from core.meters.poll import OLD_SECONDS
from core.modbus import ModbusLink
from tests.core.meters.attended import room
from tests.core.meters.models.iem3155 import DEVICE_FAILURE, Iem3155
from tests.core.meters.models.network import NetworkMeter
from tests.core.meters.models.rtu_bus import RtuBus
from tests.core.readers.models.line_end import LineEnd


def link_of(wire: LineEnd) -> ModbusLink:
    return ModbusLink(device=str(wire.path))


async def test_a_meter_on_a_serial_port_is_found_and_tells_what_it_measures(
    wire: LineEnd, bus: RtuBus, meter: Iem3155
) -> None:
    meter.load(16.0)
    async with room(bus) as found:
        found.has(1, link_of(wire))
        status = await found.comes_to("answering")
        assert (status.source, status.serial, status.firmware) == ("iem_3x5x", "31550417", "1102")
        assert (status.unit, status.frequency, status.energy_wh) == (2, 50.0, 1_000_000)
        assert status.answered is not None
        assert (found.clock.now() - status.answered).total_seconds() <= 1
        reading = found.meters.reading(1, found.clock.elapsed())
        assert reading is not None
        assert (reading.current, reading.voltage) == ((16.0, 16.0, 16.0), (230.0, 230.0, 230.0))
        assert reading.watts == pytest.approx(3 * 16 * 230)


async def test_a_meter_is_asked_every_second_for_what_changes(
    wire: LineEnd, bus: RtuBus, meter: Iem3155
) -> None:
    async with room(bus) as found:
        found.has(1, link_of(wire))
        await found.comes_to("answering")
        del meter.requests[:]
        began = found.clock.elapsed()
        await found.until(lambda: len(meter.requests) >= 6)
        assert meter.requests == [(2999, 62), (3203, 8)] * 3
        assert 2 <= found.clock.elapsed() - began <= 3


async def test_a_reading_that_is_too_old_is_silence_though_nobody_asks_any_more(
    wire: LineEnd, bus: RtuBus, meter: Iem3155
) -> None:
    async with room(bus) as found:
        found.has(1, link_of(wire))
        await found.comes_to("answering")
    meters, clock = found.meters, found.clock
    clock.passes(OLD_SECONDS)
    assert meters.status(1).state == "answering"
    assert meters.reading(1, clock.elapsed()) is not None
    clock.passes(1)
    assert meters.is_silent(1)
    assert meters.why_silent(1) == "its last answer is 10 s old"
    assert (meters.status(1).state, meters.reading(1, clock.elapsed())) == ("silent", None)


@pytest.mark.parametrize("how", ["silent", "garbled", "refuses", "nan"])
async def test_a_meter_that_fails_again_and_again_is_silent_and_comes_back_by_itself(
    wire: LineEnd, bus: RtuBus, meter: Iem3155, how: str
) -> None:
    async with room(bus) as found:
        found.has(1, link_of(wire))
        await found.comes_to("answering")
        fails(bus, meter, how)
        status = await found.comes_to("silent")
        assert "does not answer any more" in status.words
        assert "Energy is estimated" in status.words
        assert found.meters.is_silent(1)
        assert found.meters.reading(1, 0.0) is None
        bus.silent.clear()
        bus.garbles, meter.refuses, meter.has_nan = False, None, False
        await found.comes_to("answering")
        assert not found.meters.is_silent(1)


def fails(bus: RtuBus, meter: Iem3155, how: str) -> None:
    if how == "silent":
        bus.silent.add(2)
    elif how == "garbled":
        bus.garbles = True
    elif how == "refuses":
        meter.refuses = DEVICE_FAILURE
    else:
        meter.has_nan = True


async def test_one_lost_answer_is_no_silence(wire: LineEnd, bus: RtuBus, meter: Iem3155) -> None:
    async with room(bus) as found:
        found.has(1, link_of(wire))
        await found.comes_to("answering")
        told, heard = found.told, len(bus.heard)
        bus.silent.add(2)
        await found.until(lambda: len(bus.heard) >= heard + 2)
        bus.silent.clear()
        meter.energy_wh += 5
        await found.until(lambda: found.meters.status(1).energy_wh == 1_000_005)
        assert found.told == told


async def test_answers_that_are_lost_now_and_then_are_no_silence(
    wire: LineEnd, bus: RtuBus, meter: Iem3155
) -> None:
    async with room(bus) as found:
        found.has(1, link_of(wire))
        await found.comes_to("answering")
        for energy in range(1_000_001, 1_000_006):
            heard = len(bus.heard)
            bus.silent.add(2)
            await found.until(lambda heard=heard: len(bus.heard) > heard)  # type: ignore[misc]
            bus.silent.clear()
            meter.energy_wh = energy
            await found.until(lambda energy=energy: found.meters.status(1).energy_wh == energy)  # type: ignore[misc]
        assert found.told == 1


async def test_a_meter_that_is_nowhere_is_told_with_what_the_line_says(wire: LineEnd, bus: RtuBus) -> None:
    async with room(bus) as found:
        found.has(1, link_of(wire), unit=9)
        assert found.meters.status(1).state == "waiting"
        status = await found.comes_to("not_found")
        assert "address 9 does not answer" in status.words
        found.meters.follow(1, None)
        assert found.meters.status(1).state == "none"
        assert not found.meters.is_silent(1)


async def test_a_meter_whose_line_is_pulled_out_and_put_back_is_found_again(
    wire: LineEnd, bus: RtuBus, meter: Iem3155
) -> None:
    async with room(bus) as found:
        found.has(1, link_of(wire))
        await found.comes_to("answering")
        wire.pull_out()
        status = await found.comes_to("silent")
        assert "No such file or directory" in status.words
        meter.serial = 7
        wire.put_in()
        assert (await found.comes_to("answering")).serial == "7"


async def test_two_meters_on_one_line_are_both_read_and_one_may_be_silent(wire: LineEnd, bus: RtuBus) -> None:
    bus.units[3] = Iem3155(serial=33, energy_wh=50)
    async with room(bus) as found:
        found.has(1, link_of(wire))
        found.has(2, link_of(wire), unit=3)
        await found.comes_to("answering", 1)
        assert (await found.comes_to("answering", 2)).serial == "33"
        bus.silent.add(2)
        await found.comes_to("silent", 1)
        assert found.meters.status(2).state == "answering"


async def test_a_meter_that_is_set_up_elsewhere_is_left(wire: LineEnd, bus: RtuBus) -> None:
    bus.units[3] = Iem3155(serial=33)
    async with room(bus) as found:
        found.has(1, link_of(wire))
        assert (await found.comes_to("answering")).serial == "31550417"
        found.has(1, link_of(wire), unit=3)
        assert (await found.comes_to("answering")).serial == "33"


@asynccontextmanager
async def network_meter(unit: int, meter: Iem3155) -> AsyncIterator[ModbusLink]:
    """Run a meter that answers for this unit only."""
    server = NetworkMeter(meter, unit=unit)
    try:
        yield ModbusLink(host="127.0.0.1", port=await server.start())
    finally:
        await server.stop()


async def test_a_meter_on_the_network_is_read_by_its_unit_and_lost_with_its_server() -> None:
    meter = Iem3155(energy_wh=42)
    async with room() as found:
        async with network_meter(30, meter) as link:
            found.has(1, link, unit=30)
            status = await found.comes_to("answering")
            assert (status.energy_wh, status.frequency, status.serial) == (42, 50.0, "31550417")
            assert status.place == f"127.0.0.1 port {link.port}, address 30"
        status = await found.comes_to("silent")
        assert "Connection refused" in status.words or "was lost" in status.words


async def test_one_meter_at_two_addresses_is_known_by_its_serial_number(
    wire: LineEnd, bus: RtuBus, meter: Iem3155
) -> None:
    bus.units[3] = meter
    async with room(bus) as found:
        found.has(1, link_of(wire), unit=2)
        found.has(2, link_of(wire), unit=3)
        await found.comes_to("answering", 1)
        await found.comes_to("answering", 2)
        told = same_meter({point: found.meters.identity(point) for point in (1, 2)})
        assert told == "the meters of both charge points are one device, serial number 31550417"
