"""Runs a model of a badge reader by hand, on a pseudo-terminal that a station can open."""

from __future__ import annotations

import argparse
import asyncio
import os
import string
import sys
import tempfile
from pathlib import Path

from tests.core.readers.models.ascii_line import AsciiLineModel
from tests.core.readers.models.line_end import LineEnd
from tests.core.readers.models.pn532 import Pn532Model

HELD_SECONDS = 0.5
HELP = """Type an identifier such as E1EB1C02 to hold that badge to the reader.
`out` pulls the reader out, `in` puts it back, Control-D ends."""


class Hand:
    """Does what is typed to a reader."""

    def __init__(self, driver: str, line: LineEnd) -> None:
        self._driver = driver
        self._line = line
        self._text_reader = AsciiLineModel(line) if driver == "ascii_line" else None
        self._chip = Pn532Model(line) if driver == "pn532" else None

    def put_in(self) -> None:
        self._line.put_in()
        print(
            f'[reader]\ndriver = "{self._driver}"\nlink = "serial://{self._line.path.resolve()}"', flush=True
        )

    def does(self, typed: str) -> None:
        """One line that was typed."""
        word = typed.strip()
        if word == "out" and self._line.is_in:
            self._line.pull_out()
            if self._chip is not None:
                self._chip.lose_power()
        elif word == "in" and not self._line.is_in:
            self.put_in()
        elif len(word) % 2 == 0 and set(word) <= set(string.hexdigits) and self._line.is_in:
            self._hold(word)
        else:
            print(HELP, flush=True)

    def _hold(self, uid: str) -> None:
        if self._text_reader is not None:
            self._text_reader.hold_badge(uid)
        if self._chip is not None:
            self._chip.hold_card(uid)
            asyncio.get_running_loop().call_later(HELD_SECONDS, self._chip.take_card_away)


async def run(driver: str) -> None:
    """Serve until the end of what is typed."""
    ended = asyncio.Event()
    with tempfile.TemporaryDirectory() as folder:
        line = LineEnd(Path(folder) / "reader")
        hand = Hand(driver, line)

        def typed() -> None:
            received = os.read(sys.stdin.fileno(), 4096)
            for text in received.decode("utf-8", "replace").splitlines():
                hand.does(text)
            if not received:
                ended.set()

        hand.put_in()
        asyncio.get_running_loop().add_reader(sys.stdin.fileno(), typed)
        await ended.wait()
        line.pull_out()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, epilog=HELP)
    parser.add_argument("driver", choices=("ascii_line", "pn532"), nargs="?", default="pn532")
    asyncio.run(run(parser.parse_args().driver))


if __name__ == "__main__":
    main()
