"""`evtty run`: starts core and console, watches over both, and ends them in order."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from console.child import Child, StartRefused
from console.commands.exit_codes import error_lines, exit_code
from console.data_folder import LOG
from console.folder_lock import FolderTaken, taken_folder
from console.options import Address
from console.texts import _
from core.errors import StationError
from core.firmware.marker import look
from core.profile import load_profile

LARGEST_LOG = 5_000_000
BUSY = 5
FAILED = 1


def run(options: argparse.Namespace, folder: Path) -> int:
    """Run the station until SIGTERM or SIGINT, or until the attached console is left; gives the exit code."""
    attach = options.attach and sys.stdin.isatty() and sys.stdout.isatty()
    try:
        load_profile(options.profile)
    except StationError as error:
        print("\n".join(error_lines(error)), file=sys.stderr)
        return exit_code(error)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with taken_folder(folder), _log(folder, attach) as errors:
            return asyncio.run(_run(options, folder, attach, errors))
    except FolderTaken:
        print(
            _("A station already runs on {folder}. `evtty attach` opens its console.").format(folder=folder),
            file=sys.stderr,
        )
        return BUSY
    except OSError as error:
        print(f"{folder}: {error.strerror or error}", file=sys.stderr)
        return FAILED


@contextlib.contextmanager
def _log(folder: Path, attach: bool) -> Iterator[IO[bytes] | None]:
    """Where the processes log: a file while this terminal shows the console, else standard error."""
    if not attach:
        yield None
        return
    path = folder / LOG
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    with path.open("ab") as file:
        yield file


def _said_since(log: Path, begin: int) -> list[str]:
    """What the processes said for a person in the log since `begin`; all of it when that is nothing."""
    lines = log.read_bytes()[begin:].decode(errors="replace").splitlines()
    return [line for line in lines if not line.startswith("{")] or lines


async def _answers(folder: Path) -> bool:
    """True when the station of the data folder takes calls."""
    from core.link import connect

    try:
        entrance = await connect(folder)
    except StationError:
        return False
    try:
        await entrance.welcome()
    except StationError:
        return False
    finally:
        await entrance.close()
    return True


def console_words(options: argparse.Namespace, folder: Path) -> list[str]:
    """The command line of the console process for the options of `evtty run`."""
    words = ["-m", "console", "--data", str(folder)]
    words += ["--no-ssh"] if options.ssh is None else ["--ssh", str(options.ssh)]
    for port in options.serial:
        words += ["--serial", str(port)]
    for network in options.service_network or ():
        words += ["--service-network", str(network)]
    return words


def core_words(options: argparse.Namespace, folder: Path) -> list[str]:
    """The command line of the core process for the options of `evtty run`."""
    words = ["-m", "core", "--profile", options.profile, "--data", str(folder)]
    if options.bms is not None:
        words += ["--bms", str(options.bms)]
    return [*words, "--demo"] if options.demo else words


async def _run(options: argparse.Namespace, folder: Path, attach: bool, errors: IO[bytes] | None) -> int:
    stop = asyncio.Event()
    log_began = 0 if errors is None else errors.tell()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    core = Child(
        "core",
        core_words(options, folder),
        errors=errors,
        answers=lambda: _answers(folder),
        is_on_trial=lambda: look(folder).trial is not None,
    )
    console = Child("console", console_words(options, folder), errors=errors, announces=True)
    keeping_core = asyncio.create_task(core.keep(), name="core")
    keeping_console = asyncio.create_task(console.keep(), name="console")
    stopped = asyncio.create_task(stop.wait(), name="stop")
    serving = asyncio.create_task(_serve(core, console, options, folder, attach), name="serve")
    try:
        await asyncio.wait({stopped, serving}, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            return await serving
        return 0
    except StartRefused as refused:
        if errors is not None:
            print(_("The station did not start. {log} says why:").format(log=folder / LOG), file=sys.stderr)
            print("\n".join(_said_since(folder / LOG, log_began)), file=sys.stderr)
        return refused.code
    finally:
        for task in (stopped, serving, keeping_console):
            task.cancel()
        await asyncio.gather(stopped, serving, keeping_console, return_exceptions=True)
        keeping_core.cancel()
        await asyncio.gather(keeping_core, return_exceptions=True)


async def _serve(core: Child, console: Child, options: argparse.Namespace, folder: Path, attach: bool) -> int:
    """Tell when all is ready, then serve; with `attach` until the console in this terminal is left."""
    _core, told = await asyncio.gather(core.ready(), console.ready())
    if options.ssh is not None:
        # A port that the machine chose stays the same when the console is started again.
        chosen = dict(part.partition("=")[::2] for part in told.split())["ssh"]
        options.ssh = Address.parse(chosen)
        console.start_with(console_words(options, folder))
    print(" ".join(part for part in ("ready", told, f"data={folder}") if part), file=sys.stderr, flush=True)
    if not attach:
        await asyncio.Event().wait()
    from console.attached import attached_console

    return await attached_console(told, demo=options.demo, folder=folder)
