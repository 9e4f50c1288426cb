"""The model of an OpenEVSE board, asked by a client that knows nothing of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import openevse as client_library

from tests.core.boards.models.openevse import FIRMWARE, OpenEvseModel

PATIENCE_SECONDS = 20


async def asked(openevse: OpenEvseModel, ask: Callable[[Any], Any]) -> Any:
    """What the client of python-openevse gets; it waits in a thread of its own."""

    def talk() -> Any:
        client = client_library.SerialOpenEVSE(str(openevse.line.path))
        try:
            return ask(client)
        finally:
            client.s.close()

    async with asyncio.timeout(PATIENCE_SECONDS):
        return await asyncio.to_thread(talk)


async def test_its_version_and_energy_are_read(openevse: OpenEvseModel) -> None:
    assert (await asked(openevse, lambda client: client.version()))["firmware"] == FIRMWARE
    assert await asked(openevse, lambda client: client.accumulated_wh()) == openevse.wh_total


async def test_a_vehicle_that_draws_current_is_seen(openevse: OpenEvseModel) -> None:
    assert await asked(openevse, lambda client: client.status()) == "not connected"
    openevse.plug("C")
    assert await asked(openevse, lambda client: client.status()) == "charging"
    assert await asked(openevse, lambda client: client.charging_current_and_voltage()) == {
        "amps": 16.0,
        "volts": 230.0,
    }


async def test_a_current_that_is_set_without_a_word_more_wears_its_memory(openevse: OpenEvseModel) -> None:
    assert await asked(openevse, lambda client: client.current_capacity(10)) == 10
    assert openevse.capacity == 10
    assert openevse.eeprom_writes == ["SC"]
