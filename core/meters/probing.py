"""Asks at one place whether a meter is there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from core.meters.candidates import Candidate
from core.meters.decoding import decoded, is_plausible_voltage
from core.meters.reading import Phases
from core.meters.table import WORDS, MeterModel, Register
from core.modbus import ModbusLine, NoAnswer, Refused
from core.values.meters import FoundMeter

SERIAL_WAIT, NETWORK_WAIT = 0.2, 1.0
"""s until an answer begins; most places stay silent for so long."""

NOBODY = frozenset({10, 11})
"""With these codes a gateway says that nobody is behind it under this address."""

Words = Callable[[int, int], Awaitable[dict[int, int]]]


async def probe(line: ModbusLine, candidate: Candidate, model: MeterModel) -> FoundMeter | None:
    """What answers there; None: nobody. Raises DeviceLost where the line itself cannot be had."""
    link, unit = candidate.link or line.link, candidate.unit
    wait = NETWORK_WAIT if link.host else SERIAL_WAIT

    async def words(first: int, count: int) -> dict[int, int]:
        read = await line.read(unit, first, count, wait=wait, link=link)
        return dict(zip(range(first, first + count), read, strict=True))

    voltages = [row for row in (*model.registers, *model.instead) if row.quantity.startswith("voltage_")]
    try:
        voltage = _voltage(model, await words(*_span(voltages)))
    except NoAnswer:
        return None
    except Refused as refused:
        if refused.code in NOBODY:
            return None
        return _stranger(candidate, link.place, f"Something answers, but not as a meter: {refused}")
    if not any(map(is_plausible_voltage, voltage)):
        return _stranger(
            candidate, link.place, f"Something answers, but has no voltage as a {model.title} has"
        )
    known = await _known(words, model)
    energy, serial, firmware = known.get("energy"), known.get("serial"), known.get("firmware")
    return FoundMeter(
        address=unit,
        place=link.place,
        is_meter=True,
        voltage=voltage,
        energy_wh=None if energy is None or energy < 0 else int(energy),
        serial="" if serial is None else str(int(serial)),
        firmware="" if firmware is None else str(int(firmware)),
        gateway=candidate.gateway,
        baud=link.baud if link.device else None,
        parity=link.parity if link.device else "",
    )


async def _known(words: Words, model: MeterModel) -> dict[str, float]:
    """Energy and identity, as far as it tells them."""
    known: dict[str, float] = {}
    for block in model.blocks:
        if block.when != "sometimes":
            try:
                known |= decoded(model.registers, await words(block.wire, block.count))
            except (NoAnswer, Refused):
                continue
    return known


def _stranger(candidate: Candidate, place: str, said: str) -> FoundMeter:
    link = candidate.link
    is_serial = link is not None and bool(link.device)
    return FoundMeter(
        address=candidate.unit,
        place=place,
        is_meter=False,
        gateway=candidate.gateway,
        baud=link.baud if link is not None and is_serial else None,
        parity=link.parity if link is not None and is_serial else "",
        words=f"{said}.",
    )


def _span(rows: list[Register]) -> tuple[int, int]:
    first = min(row.wire for row in rows)
    return first, max(row.wire + WORDS[row.kind] for row in rows) - first


def _voltage(model: MeterModel, read: dict[int, int]) -> Phases:
    for rows in (model.registers, model.instead):
        values = decoded(rows, read)
        first, second, third = (values.get(f"voltage_{place}", 0.0) for place in (1, 2, 3))
        if any(map(is_plausible_voltage, (first, second, third))):
            return round(first, 1), round(second, 1), round(third, 1)
    return 0.0, 0.0, 0.0
