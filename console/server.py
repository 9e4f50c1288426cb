"""The console process: the SSH server and the serial lines, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from console.admission import SERVICE_NETWORK, AdmissionRules, Network
from console.host_key import HostKeyDamaged, host_key
from console.options import Address, SerialPort
from console.slot_watch import follow_firmware
from console.texts import _
from core.log_lines import log_to_standard_error

CANNOT_LISTEN = 3


@dataclass(frozen=True, kw_only=True)
class ConsoleOptions:
    """What the console process serves. `ready` is a descriptor that gets one line when all listens."""

    folder: Path
    ssh: Address | None
    serial: tuple[SerialPort, ...] = ()
    service_networks: tuple[Network, ...] = (SERVICE_NETWORK,)
    ready: int | None = None


def serve(options: ConsoleOptions) -> int:
    """Run the console process; gives its exit code."""
    from console.transfer.folders import remove_left_over

    log_to_standard_error()
    try:
        options.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        remove_left_over(options.folder)
    except OSError as error:
        print(
            _("The data folder {folder} cannot be used: {reason}.").format(
                folder=options.folder, reason=error.strerror or error
            ),
            file=sys.stderr,
        )
        return CANNOT_LISTEN
    return asyncio.run(_serve(options))


async def _serve(options: ConsoleOptions) -> int:
    from console.drop_box.ageing import keep_sweeping
    from console.serial_line import SerialLine
    from console.sessions import Sessions
    from console.ssh_console import SshSeats
    from console.ssh_server import SshServer

    logging.getLogger("asyncssh").setLevel(logging.WARNING)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    sessions = Sessions(options.folder)
    rules = replace(AdmissionRules(), service_networks=options.service_networks)
    told: list[str] = []
    lines: list[asyncio.Task[None]] = []
    server: SshServer | None = None
    try:
        if options.ssh is not None:
            key = host_key(options.folder)
            server = SshServer(options.folder, key, SshSeats(sessions), rules)
            listening = await server.open(options.ssh)
            told += [f"ssh={listening}", f"fingerprint={server.fingerprint}"]
        for port in options.serial:
            lines.append(asyncio.create_task(SerialLine(port, sessions).serve(), name=f"serial {port}"))
            told.append(f"serial={port}")
    except HostKeyDamaged as error:
        print(
            _("The SSH key {path} is damaged. Move it away to have a new one made.").format(path=error),
            file=sys.stderr,
        )
        return CANNOT_LISTEN
    except OSError as error:
        print(
            _("Cannot listen on {address}: {reason}. Choose another with --ssh HOST:PORT.").format(
                address=options.ssh, reason=error.strerror or error
            ),
            file=sys.stderr,
        )
        return CANNOT_LISTEN
    _tell(options.ready, told)
    warming = asyncio.create_task(sessions.warm_up(), name="warm up")
    sweeping = asyncio.create_task(keep_sweeping(options.folder), name="sweep the drop box")
    following = asyncio.create_task(follow_firmware(options.folder, stop), name="follow the firmware")
    await stop.wait()
    for task in (warming, sweeping, following):
        task.cancel()
    if server is not None:
        await server.close()
    for line in lines:
        line.cancel()
    await asyncio.gather(warming, sweeping, following, *lines, return_exceptions=True)
    await sessions.close()
    return 0


def _tell(ready: int | None, told: list[str]) -> None:
    if ready is not None:
        os.write(ready, (" ".join(told) + "\n").encode())
        os.close(ready)
