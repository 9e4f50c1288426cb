"""A building's management: a Modbus client of another make, on a station whose time is turned by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pymodbus.client import AsyncModbusTcpClient

from core.bms.listening import Endpoint
from core.clock import SimulatedClock
from core.station import StationCore
from tests.stations import log_in, running_station

LOOPBACK = Endpoint(host="127.0.0.1", port=0)


class Building:
    """`core` is the station, `clients` the connections to its charge points, from 1."""

    def __init__(self, core: StationCore) -> None:
        self.core = core
        self.clients: dict[int, AsyncModbusTcpClient] = {}

    def ports(self) -> list[int]:
        """Where the charge points answer, as Live status tells it."""
        places = self.core.parts.bms.state.removeprefix("listening ").split(",")[0].split()
        return [int(place.rpartition(":")[2]) for place in places]

    async def client(self, point: int = 1) -> AsyncModbusTcpClient:
        """The connection to a charge point."""
        if point not in self.clients:
            client = AsyncModbusTcpClient("127.0.0.1", port=self.ports()[point - 1], timeout=5, retries=0)
            assert await client.connect()
            self.clients[point] = client
        return self.clients[point]

    async def read(self, register: int, count: int = 1, *, point: int = 1, unit: int = 255) -> list[int]:
        """Registers from `register` on; a refusal fails the test."""
        answer = await (await self.client(point)).read_holding_registers(
            register, count=count, device_id=unit
        )
        assert not answer.isError(), answer
        return list(answer.registers)

    async def write(self, register: int, value: int, *, point: int = 1) -> int:
        """Write a register; the exception code, 0 where it was taken."""
        answer = await (await self.client(point)).write_register(register, value, device_id=255)
        return answer.exception_code

    async def order(self, command: int, *, point: int = 1) -> int:
        """A command with its whole handshake; what register 20 answered."""
        assert await self.write(150, command, point=point) == 0
        (answer,) = await self.read(20, point=point)
        assert await self.write(150, 0, point=point) == 0
        assert await self.read(20, point=point) == [0]
        return answer

    async def pass_time(self, seconds: int) -> None:
        """Let the station's time pass, tick by tick."""
        clock = self.core.parts.clock
        assert isinstance(clock, SimulatedClock)
        for _ in range(seconds):
            clock.advance(1)
            await self.core.tick()

    def leave(self) -> None:
        for client in self.clients.values():
            client.close()
        self.clients.clear()


@asynccontextmanager
async def building(
    folder: Path, profile: str = "parking-2", *, controlled: bool = True, at: Endpoint = LOOPBACK
) -> AsyncIterator[Building]:
    """A station that an external system may control, unless `controlled` is False."""
    async with running_station(profile, folder, bms=at) as core:
        house = Building(core)
        if controlled:
            station = await log_in(core)
            await station.change_settings({"energy.external_control": "yes"})
        await core.tick()
        try:
            yield house
        finally:
            house.leave()
