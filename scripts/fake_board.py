"""Runs a model of a charge point's board by hand, on a pseudo-terminal that a station can open."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from tests.core.boards.models.evse_wb import EvseWbModel
from tests.core.boards.models.openevse import FAULTS, OpenEvseModel
from tests.core.readers.models.line_end import LineEnd

HELP = """plug [CABLE]    a vehicle that wants current, on a cable for 13, 20, 32 or 63 A
ready, wait     the vehicle wants current, or does not
ventilation     the vehicle asks for ventilation
unplug          the vehicle goes
silent on|off   the board hears everything and says nothing
fault NAME      one of: {faults}
fault off       none any more
restart         the board loses its supply for a moment
out, in         its cable is pulled out, and put back
Control-D ends."""


class Hand(Protocol):
    """What can be done to a kind of board."""

    @property
    def faults(self) -> tuple[str, ...]: ...

    def plug(self, cable: int) -> None: ...

    def wants(self, state: str) -> None: ...

    def unplug(self) -> None: ...

    def be_silent(self, on: bool) -> None: ...

    def fail(self, fault: str | None) -> None: ...

    def restart(self) -> None: ...

    def shown(self) -> str: ...


class EvseWbHand:
    """Works an EVSE-WB."""

    faults = ("clings", "diode", "rcd", "welded")

    def __init__(self, line: LineEnd, unit: int, firmware: int) -> None:
        self._board = EvseWbModel(line, now=time.monotonic, unit=unit, firmware=firmware)

    def plug(self, cable: int) -> None:
        self._board.plug("C", cable=cable)

    def wants(self, state: str) -> None:
        self._board.plug(state, cable=self._board.cable)

    def unplug(self) -> None:
        self._board.unplug()

    def be_silent(self, on: bool) -> None:
        self._board.mute = on

    def fail(self, fault: str | None) -> None:
        self._board.rcd_error = fault == "rcd"
        self._board.diode_fault = fault == "diode"
        self._board.welded = fault == "welded"
        self._board.clings = fault == "clings"

    def restart(self) -> None:
        self._board.start()

    def shown(self) -> str:
        board = self._board
        relay = "closed" if board.relay_closed else "open"
        return f"offers {board.offered:g} A, relay {relay}, vehicle {board.vehicle or 'none'}"


class OpenEvseHand:
    """Works an OpenEVSE."""

    faults = tuple(FAULTS)

    def __init__(self, line: LineEnd) -> None:
        self._board = OpenEvseModel(line, now=time.monotonic)

    def plug(self, cable: int) -> None:
        self._board.configured = min(cable, self._board.hardware_limit)
        self._board.plug("C")

    def wants(self, state: str) -> None:
        self._board.plug(state)

    def unplug(self) -> None:
        self._board.unplug()

    def be_silent(self, on: bool) -> None:
        self._board.mute = on

    def fail(self, fault: str | None) -> None:
        self._board.fail(fault)

    def restart(self) -> None:
        self._board.restart()

    def shown(self) -> str:
        board = self._board
        board.look_at_the_clock()
        relay = "closed" if board.relay_closed else "open"
        return f"offers {board.offered} A, relay {relay}, vehicle {board.vehicle or 'none'}"


class Bench:
    """Does what is typed."""

    def __init__(self, driver: str, line: LineEnd, hand: Hand, options: str) -> None:
        self._driver = driver
        self._line = line
        self._hand = hand
        self._options = options
        self._words: Mapping[str, Callable[[str], None]] = {
            "plug": lambda given: hand.plug(int(given or 32)),
            "ready": lambda _: hand.wants("C"),
            "wait": lambda _: hand.wants("B"),
            "ventilation": lambda _: hand.wants("D"),
            "unplug": lambda _: hand.unplug(),
            "silent": lambda given: hand.be_silent({"on": True, "off": False}[given]),
            "fault": self._fail,
            "restart": lambda _: hand.restart(),
            "out": lambda _: line.pull_out(),
            "in": lambda _: self.put_in(),
            "show": lambda _: None,
        }

    def put_in(self) -> None:
        if not self._line.is_in:
            self._line.put_in()
            link = f"serial://{self._line.path}{self._options}"
            print(f'[[board]]\ndriver = "{self._driver}"\nlink = "{link}"', flush=True)

    def does(self, typed: str) -> None:
        """One line that was typed."""
        word, _, given = typed.strip().partition(" ")
        try:
            self._words[word](given.strip())
        except (KeyError, ValueError):
            print(HELP.format(faults=", ".join(self._hand.faults)), flush=True)
        else:
            print(self._hand.shown(), flush=True)

    def _fail(self, name: str) -> None:
        if name not in {*self._hand.faults, "off"}:
            raise KeyError(name)
        self._hand.fail(None if name == "off" else name)


async def run(given: argparse.Namespace) -> None:
    """Serve until the end of what is typed."""
    ended = asyncio.Event()
    # A name that stays the same when the cable is pulled out and put back, where a profile looks for devices.
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        line = LineEnd(Path(folder) / "board")
        is_modbus = given.driver == "evse_modbus"
        hand: Hand = EvseWbHand(line, given.unit, given.firmware) if is_modbus else OpenEvseHand(line)
        bench = Bench(given.driver, line, hand, f"?unit={given.unit}" if is_modbus else "")

        def typed() -> None:
            received = os.read(sys.stdin.fileno(), 4096)
            for text in received.decode("utf-8", "replace").splitlines():
                bench.does(text)
            if not received:
                ended.set()

        bench.put_in()
        loop = asyncio.get_running_loop()
        loop.add_reader(sys.stdin.fileno(), typed)
        loop.add_signal_handler(signal.SIGTERM, ended.set)
        await ended.wait()
        line.pull_out()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("driver", choices=("evse_modbus", "openevse_rapi"), nargs="?", default="evse_modbus")
    parser.add_argument("--unit", type=int, default=1, help="Modbus address of an EVSE-WB")
    parser.add_argument("--firmware", type=int, default=17, help="of an EVSE-WB")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
