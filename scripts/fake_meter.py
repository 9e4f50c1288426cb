"""Runs a model of a power meter by hand, on a pseudo-terminal or a network port that a station can open."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.core.meters.models.iem3155 import Iem3155
from tests.core.meters.models.network import NetworkMeter
from tests.core.meters.models.rtu_bus import RtuBus
from tests.core.readers.models.line_end import LineEnd

HELP = """load A [PHASES]  a vehicle draws so much on 1 or 3 phases (3)
silent on|off    it says nothing
garble on|off    its answers have wrong checksums (serial only)
nan on|off       it does not know what it measures
refuse N|off     it answers with exception N
energy WH        its register shows so much
replace          another meter is in its place
out, in          its cable is pulled out, and put back (serial only)
Control-D ends."""

BAUD = 19200
GROWS_EVERY = 0.2
"""s; so often the energy is brought up to date."""


class Hand:
    """Does what is typed to a meter."""

    def __init__(self, meter: Iem3155, unit: int, line: LineEnd | None) -> None:
        self._meter = meter
        self._unit = unit
        self._line = line
        self._bus = None if line is None else RtuBus(line, {unit: meter}, baud=BAUD)
        self._grown = time.monotonic()
        self._deeds: Mapping[str, Callable[[list[str]], None]] = {
            "load": self._load,
            "silent": self._silent,
            "garble": self._garble,
            "nan": self._nan,
            "refuse": self._refuse,
            "energy": self._energy,
            "replace": self._replace,
            "out": self._out,
            "in": self._in,
        }

    def grow(self) -> None:
        """Count what has flown since the last time."""
        now = time.monotonic()
        self._meter.grow(now - self._grown)
        self._grown = now

    def does(self, typed: str) -> None:
        """One line that was typed."""
        word, *rest = typed.split() or [""]
        self.grow()
        try:
            self._deeds[word](rest)
        except (KeyError, IndexError, ValueError):
            print(HELP, flush=True)
        else:
            meter = self._meter
            print(f"{sum(meter.power):.0f} W, {meter.energy_wh:.1f} Wh, serial {meter.serial}", flush=True)

    def _load(self, rest: list[str]) -> None:
        self._meter.load(float(rest[0]), phases=int(rest[1]) if len(rest) > 1 else 3)

    def _silent(self, rest: list[str]) -> None:
        self._meter.mute = _is_on(rest)
        if self._bus is not None:
            self._bus.silent = {self._unit} if _is_on(rest) else set()

    def _garble(self, rest: list[str]) -> None:
        if self._bus is not None:
            self._bus.garbles = _is_on(rest)

    def _nan(self, rest: list[str]) -> None:
        self._meter.has_nan = _is_on(rest)

    def _refuse(self, rest: list[str]) -> None:
        self._meter.refuses = None if rest[0] == "off" else int(rest[0])

    def _energy(self, rest: list[str]) -> None:
        self._meter.energy_wh = float(rest[0])

    def _replace(self, rest: list[str]) -> None:
        self._meter.serial += 1
        self._meter.energy_wh = float(rest[0]) if rest else 17.0

    def _out(self, _: list[str]) -> None:
        if self._line is not None:
            self._line.pull_out()

    def _in(self, _: list[str]) -> None:
        if self._line is not None and not self._line.is_in:
            self._line.put_in()


def _is_on(rest: list[str]) -> bool:
    return {"on": True, "off": False}[rest[0]]


async def run(unit: int, port: int | None) -> None:
    """Serve until the end of what is typed."""
    meter = Iem3155(energy_wh=1_234_567)
    if port is not None:
        network = NetworkMeter(meter, unit=unit, port=port)
        await _serve(Hand(meter, unit, None), unit, f"tcp://127.0.0.1:{await network.start()}")
        await network.stop()
        return
    # A name that stays the same when the cable is pulled out and put back, where a profile looks for devices.
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        line = LineEnd(Path(folder) / "meter")
        line.put_in()
        await _serve(Hand(meter, unit, line), unit, f"serial://{line.path}?baud={BAUD}&parity=N")
        line.pull_out()


async def _serve(hand: Hand, unit: int, link: str) -> None:
    ended = asyncio.Event()

    def typed() -> None:
        received = os.read(sys.stdin.fileno(), 4096)
        for text in received.decode("utf-8", "replace").splitlines():
            hand.does(text)
        if not received:
            ended.set()

    print(f'[[meter]]\ndriver = "iem_3x5x"\nlink = "{link}"', flush=True)
    print(f"# settings set meter.1.metering=iem_3x5x meter.1.rtu_address={unit}", flush=True)
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), typed)
    growing = asyncio.create_task(_grow(hand))
    await ended.wait()
    growing.cancel()


async def _grow(hand: Hand) -> None:
    while True:
        hand.grow()
        await asyncio.sleep(GROWS_EVERY)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--unit", type=int, default=2, help="its Modbus address (2)")
    parser.add_argument("--tcp", type=int, metavar="PORT", help="on this network port, 0 for any")
    options = parser.parse_args()
    asyncio.run(run(options.unit, options.tcp))


if __name__ == "__main__":
    main()
