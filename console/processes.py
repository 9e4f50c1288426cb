"""The processes that `evtty` starts: their options, and where each begins."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from console.options import DEFAULT_SSH, Address, SerialPort, network
from console.texts import _

DEFAULT_PROFILE = "parking-2"


def declare(name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the options of the process called `name`. `--data DIR` is taken before."""
    parser.epilog = _("--data DIR or EVTTY_DATA: where the station keeps what it knows.")
    if name in ("run", "core"):
        parser.add_argument(
            "--profile", default=DEFAULT_PROFILE, help=_("hardware profile, a name or a file")
        )
        parser.add_argument(
            "--demo", action="store_true", help=_("invent weeks of records, and cars that come and go")
        )
        parser.add_argument(
            "--bms",
            type=Address.parse,
            metavar="HOST:PORT",
            help=_(
                "where the building's management is answered over Modbus; the second charge point: PORT + 1"
            ),
        )
    if name in ("run", "console"):
        parser.add_argument(
            "--ssh", type=Address.parse, default=Address.parse(DEFAULT_SSH), metavar="HOST:PORT"
        )
        parser.add_argument("--no-ssh", action="store_const", const=None, dest="ssh", help=_("no SSH server"))
        parser.add_argument(
            "--serial", type=SerialPort.parse, action="append", default=[], metavar="DEVICE[:BAUD]"
        )
        parser.add_argument(
            "--service-network",
            type=network,
            action="append",
            metavar="ADDRESS/BITS",
            help=_("for whom connections are kept free (192.168.0.240/28)"),
        )
    if name == "run":
        parser.add_argument("--attach", action="store_true", help=_("open the console in this terminal"))
    if name == "attach":
        parser.add_argument("--comes-back", action="store_true", help=argparse.SUPPRESS)
    if name == "console":
        parser.add_argument("--ready-fd", type=int, help=argparse.SUPPRESS)
        parser.add_argument("--check", action="store_true", help=_("only see whether it could start"))


def start(name: str, options: argparse.Namespace, folder: Path) -> int:
    """Start the process called `name`; gives its exit code."""
    if name == "run":
        from console.run import run

        return run(options, folder)
    if name == "core":
        from console.run import core_words

        os.execv(sys.executable, [sys.executable, *core_words(options, folder)])  # noqa: S606 -- no shell is wanted
    if name == "console" and options.check:
        from console.self_check import check

        return check()
    if name == "console":
        from console.admission import SERVICE_NETWORK
        from console.server import ConsoleOptions, serve

        return serve(
            ConsoleOptions(
                folder=folder,
                ssh=options.ssh,
                serial=tuple(options.serial),
                service_networks=tuple(options.service_network or (SERVICE_NETWORK,)),
                ready=options.ready_fd,
            )
        )
    from console.local_terminal import attach

    return attach(folder, comes_back=options.comes_back)
