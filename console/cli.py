"""`evtty`: starts the station's processes, and answers the commands of the machine itself."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from console.commands.command import UsageError
from console.commands.exit_codes import USAGE
from console.data_folder import data_folder
from console.texts import _
from core.firmware.launch import start_console

PROCESSES = ("run", "core", "console", "attach")
INSTALLED_ONLY = ("run", "core")
"""What starts from the machine's own program, whichever slot runs: it decides about the others."""
INTERRUPTED = 130


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}\n{self.format_usage().strip()}")


def take_data_folder(words: Sequence[str]) -> tuple[Path, list[str]]:
    """Take `--data DIR` or `--data=DIR` out of the words, wherever it stands. Raises UsageError."""
    left: list[str] = []
    given: str | None = None
    rest = iter(words)
    for word in rest:
        if word == "--":
            left += [word, *rest]
        elif word == "--data":
            given = next(rest, None)
            if given is None:
                raise UsageError(_("--data needs a folder."))
        elif word.startswith("--data="):
            given = word.removeprefix("--data=")
        else:
            left.append(word)
    return data_folder(given), left


def main(words: Sequence[str] | None = None) -> int:
    """The command `evtty`; gives its exit code."""
    words = sys.argv[1:] if words is None else words
    try:
        folder, left = take_data_folder(words)
        if not left or left[0] not in INSTALLED_ONLY:
            start_console(folder, words)
        if left and left[0] in PROCESSES:
            return _process(left[0], left[1:], folder)
        if not left or left[0] in ("-h", "--help", "help"):
            _say_processes(left)
        if not left:
            return USAGE
        if left[0] in ("-h", "--help"):
            left = ["help"]
        from console.local_command import run_locally

        return run_locally(left, folder)
    except UsageError as error:
        print(error, file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED


def _process(name: str, words: Sequence[str], folder: Path) -> int:
    from console import processes

    parser = _Parser(prog=f"evtty {name}", allow_abbrev=False)
    processes.declare(name, parser)
    options = parser.parse_args(words)
    return processes.start(name, options, folder)


def _say_processes(words: Sequence[str]) -> None:
    if len(words) > 1:
        return
    print(
        _(
            "evtty run            start the station with its console (--help says how)\n"
            "evtty attach         open the console in this terminal\n"
            "evtty core, console  the two processes of `run`, for a service manager\n"
            "evtty COMMAND        ask the station that runs on this machine (evtty help):\n"
        ),
        file=sys.stdout if words else sys.stderr,
    )


if __name__ == "__main__":
    sys.exit(main())
