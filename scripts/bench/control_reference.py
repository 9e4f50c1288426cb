"""The reference of the benchmark `control`: the same registers in a bare loop of pymodbus.

Arguments: the devices of the boards, `--`, the devices of the meters, each as `DEVICE:UNIT`.
"""

from __future__ import annotations

import asyncio
import sys

from pymodbus.client import AsyncModbusSerialClient

BOARD_EVERY_S, METER_EVERY_S = 0.5, 1.0


async def read(place: str, baud: int, every: float, blocks: tuple[tuple[int, int], ...]) -> None:
    """Read these blocks of a device again and again."""
    device, _, unit = place.rpartition(":")
    client = AsyncModbusSerialClient(device, baudrate=baud)
    await client.connect()
    while True:
        for address, count in blocks:
            answer = await client.read_holding_registers(address, count=count, device_id=int(unit))
            if answer.isError() or len(answer.registers) != count:
                raise SystemExit(f"{place} did not answer")
        await asyncio.sleep(every)


async def main() -> None:
    divider = sys.argv.index("--")
    boards, meters = sys.argv[1:divider], sys.argv[divider + 1 :]
    await asyncio.gather(
        *(read(place, 9600, BOARD_EVERY_S, ((1000, 8),)) for place in boards),
        *(read(place, 19200, METER_EVERY_S, ((2999, 62), (3203, 8))) for place in meters),
    )


if __name__ == "__main__":
    asyncio.run(main())
