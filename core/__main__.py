"""`python -m core`: the station as a process of its own, from the software that shall run."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from core.firmware.launch import start_core


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line; both values also come from EVTTY_PROFILE and EVTTY_DATA."""
    parser = argparse.ArgumentParser(
        prog="evtty core", description="Run the station alone, without a console."
    )
    parser.add_argument(
        "--profile", default=os.environ.get("EVTTY_PROFILE", "parking-2"), help="a shipped profile or a file"
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(os.environ.get("EVTTY_DATA") or platformdirs.user_data_path("evtty")),
        help="the data folder",
    )
    parser.add_argument(
        "--bms", default="", metavar="HOST:PORT", help="where the building's Modbus is answered"
    )
    parser.add_argument("--demo", action="store_true", help="invent records, badges and cars")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run; return the exit code."""
    words = sys.argv[1:] if argv is None else argv
    given = arguments(words)
    folder = given.data.absolute()
    start_core(folder, words)
    # Only now: another slot has other modules of these names.
    from core.program import run

    return run(given.profile, folder, demo=given.demo, bms=given.bms, words=words)


if __name__ == "__main__":
    raise SystemExit(main())
