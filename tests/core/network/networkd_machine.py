"""A machine, made of namespaces, on which the real systemd-networkd works the port `st0`."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PORT = "st0"
PROGRAMS = ("networkctl", "ip")
NETWORKD = "/usr/lib/systemd/systemd-networkd"
START = f"""
set -e
# networkd takes a machine whose /sys cannot be written for one without udev.
mount -t sysfs -o ro sysfs /sys
mount -t tmpfs none /run
mkdir -p /run/dbus /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
chown -R systemd-network /run/systemd/netif
mount --bind "$1" /etc/systemd/network
ip link add {PORT} type veth peer name pc0
ip link set pc0 up
dbus-daemon --system --nofork --nopidfile --address=unix:path=/run/dbus/system_bus_socket &
for _ in $(seq 200); do [ -S /run/dbus/system_bus_socket ] && break; sleep 0.02; done
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/dbus/system_bus_socket
{NETWORKD} &
for _ in $(seq 200); do networkctl list >/dev/null 2>&1 && break; sleep 0.05; done
ip -br addr show {PORT}
exec sleep 600
"""


@contextmanager
def networkd_machine(folder: Path) -> Iterator[Path]:
    """networkd reads `folder`; the programs in the folder given back act on its machine.

    Skips where none can be made.
    """
    if not Path(NETWORKD).exists():
        pytest.skip("systemd-networkd is not on this machine")
    process = subprocess.Popen(
        [
            *("unshare", "--net", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"),
            *("--mount-proc", "bash", "-c", START, "bash", str(folder)),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        if not process.stdout.readline().startswith(PORT):
            pytest.skip("no machine with systemd-networkd can be made here")
        yield _programs(folder.parent / "bin", process.pid)
    finally:
        process.kill()
        process.wait(timeout=10)
        if process.stdout is not None:
            process.stdout.close()


def _programs(folder: Path, outside: int) -> Path:
    inside = Path(f"/proc/{outside}/task/{outside}/children").read_text().split()[0]
    folder.mkdir()
    for name in PROGRAMS:
        file = folder / name
        file.write_text(
            "#!/bin/sh\nexport DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/dbus/system_bus_socket\n"
            f'exec nsenter --net --mount --pid --target {inside} {shutil.which(name)} "$@"\n'
        )
        file.chmod(0o755)
    return folder
