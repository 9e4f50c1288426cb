"""What the station's core costs while two vehicles charge, and how late its 1 s control tick comes.

Boards and meters are models on pseudo-terminals, served by the process of this benchmark; meters are read
once a second, boards twice. The reference, at the same time, is a bare loop of pymodbus that reads the same
registers of another set of the same models. Processor time is that of the whole process.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from table import ROOT, arguments, show

from core.api import Origin, Station  # isort: skip
from station_ticks import Ticks

from core.link import connect
from core.values.simulation import Vehicle
from tests.core.boards.models.evse_wb import EvseWbModel
from tests.core.meters.models.iem3155 import Iem3155
from tests.core.meters.models.rtu_bus import RtuBus
from tests.core.readers.models.line_end import LineEnd
from tests.dialogues.running import RunningStation

UNIT = 2
POINTS = (1, 2)
PATIENCE_S = 90
GROWS_EVERY_S = 0.1
SETTLES_S = 5.0
SETTINGS = {
    "general.authentication_location": "disable",
    **{f"meter.{point}.metering": "iem_3x5x" for point in POINTS},
    **{f"meter.{point}.protocol": "modbus_rtu" for point in POINTS},
    **{f"meter.{point}.rtu_address": str(UNIT) for point in POINTS},
}
SOCKET = '[[socket]]\ntype = "T2"\ncable = "socket-outlet"\nphases = 3\n'
HEAD = (
    'name = "CS-01"\nfamily = "parking"\ncharge_points = 2\nrfid_reader = false\nsupply_current = 32\n'
    + SOCKET * 2
)
CLOCK = '[clock]\ndriver = "system"\n'


class Devices:
    """Two boards and two meters, each on a line of its own below this folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.board_lines = [LineEnd(folder / f"board{point}") for point in POINTS]
        self.meter_lines = [LineEnd(folder / f"meter{point}") for point in POINTS]
        for line in (*self.board_lines, *self.meter_lines):
            line.put_in()
        now = asyncio.get_running_loop().time
        self.boards = [EvseWbModel(line, now=now) for line in self.board_lines]
        self.meters = [Iem3155(energy_wh=1_234_567) for _ in POINTS]
        for line, meter in zip(self.meter_lines, self.meters, strict=True):
            RtuBus(line, {UNIT: meter})

    async def flow(self) -> None:
        """Let the meters count what the vehicles draw."""
        while True:
            for board, meter in zip(self.boards, self.meters, strict=True):
                meter.load(board.amperes)
                meter.grow(GROWS_EVERY_S)
            await asyncio.sleep(GROWS_EVERY_S)

    @property
    def board_tables(self) -> str:
        return "".join(_table("board", "evse_modbus", line) for line in self.board_lines)

    @property
    def meter_tables(self) -> str:
        return "".join(_table("meter", "iem_3x5x", line) for line in self.meter_lines)

    @property
    def places(self) -> tuple[str, ...]:
        """Them all, as the reference takes them."""
        return (
            *(f"{line.path}:1" for line in self.board_lines),
            "--",
            *(f"{line.path}:{UNIT}" for line in self.meter_lines),
        )


def _table(part: str, driver: str, line: LineEnd) -> str:
    return f'[[{part}]]\ndriver = "{driver}"\nlink = "serial://{line.path}"\n'


def processor_s(process: int) -> float:
    """Processor seconds that the threads of a process have used."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9


def started(folder: Path, profile: str) -> RunningStation:
    """A station on this profile."""
    folder.mkdir()
    file = folder / "station.toml"
    file.write_text(profile)
    return RunningStation(folder / "data", "--profile", str(file))


async def charging(station: Station) -> None:
    """Wait until power flows at both charge points."""
    async with asyncio.timeout(PATIENCE_S):
        news = station.events()
        while not all(point.power_w > 0 for point in (await station.status()).charge_points):
            await anext(news)


async def measured(
    state: str, folder: Path, profile: str, devices: Devices | None, reference: Devices, seconds: float
) -> Sequence[object]:
    """One row: a station with this profile, and the reference beside it."""
    running = await asyncio.to_thread(started, folder, profile)
    bare = await asyncio.create_subprocess_exec(
        sys.executable, str(Path(__file__).with_name("control_reference.py")), *reference.places, cwd=ROOT
    )
    entrance = await connect(folder / "data")
    try:
        station = await entrance.local(Origin(kind="local"))
        await station.change_settings(SETTINGS)
        for number in POINTS:
            if devices is None:
                await station.sim_plug(number, Vehicle())
            else:
                devices.boards[number - 1].plug("C", cable=32)
        await charging(station)
        await entrance.close()
        await asyncio.sleep(SETTLES_S)
        ticks = Ticks(running)
        await ticks.taken()
        before = processor_s(ticks.core), processor_s(bare.pid)
        await asyncio.sleep(seconds)
        used = processor_s(ticks.core) - before[0], processor_s(bare.pid) - before[1]
        found = await ticks.taken()
    finally:
        if bare.returncode is not None:
            raise RuntimeError("the reference ended by itself")
        bare.terminate()
        await bare.wait()
        await asyncio.to_thread(running.stop)
    figures = (found[name] for name in ("ticks", "missed", "p50_ms", "p99_ms", "worst_ms"))
    core, loop = (100 * each / seconds for each in used)
    return (state, core, loop, core / loop, *figures)


async def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--seconds", type=float, default=120.0, help="how long to measure, in each state")
    given = parser.parse_args()
    rows = []
    # A profile looks for devices below /dev.
    with tempfile.TemporaryDirectory(dir="/dev/shm") as lines, tempfile.TemporaryDirectory() as folder:
        devices, others = Devices(Path(lines) / "station"), Devices(Path(lines) / "reference")
        for board in others.boards:
            board.plug("C")
        flows = [asyncio.create_task(each.flow()) for each in (devices, others)]
        for state, profile, boards in (
            (
                "boards and meters on lines",
                HEAD + devices.board_tables + devices.meter_tables + CLOCK,
                devices,
            ),
            ("simulated boards and meters", HEAD, None),
        ):
            place = Path(folder) / ("lines" if boards else "simulated")
            rows.append(await measured(state, place, profile, boards, others, given.seconds))
        for flow in flows:
            flow.cancel()
    columns = (
        "state",
        "core CPU %",
        "pymodbus CPU %",
        "ratio",
        "ticks",
        "missed",
        "p50 <",
        "p99 <",
        "worst",
    )
    show("control: processor time of core, lateness of the control tick in ms", columns, rows)
    return int(any(row[5] for row in rows))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
