"""Files by OpenSSH's sftp, to and from the drop box of a station that runs as `evtty run` starts it.

*Records*: all of them from /export. Reference: `cdr export --all` over ssh, which must give the same bytes.
*Upload, download*: 60 MiB to /incoming and back, *log in*: nothing but that. Reference: asyncssh's stock SFTP
server with the same cipher, which asks for no password, in a process of its own. *More MB*: the most memory
that the console process held above its idle.
"""

from __future__ import annotations

import filecmp
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from records import fill, forget_memory, memory_kb
from table import arguments, show

from tests.dialogues.client import Client
from tests.dialogues.running import RunningStation
from tests.dialogues.sftp import sftp
from tests.stations import PASSWORDS

SIZE = 60 * 1024 * 1024


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def run(station: RunningStation, here: Path, count: int, stock_port: int) -> list[tuple[object, ...]]:
    client = Client(station, "admin", PASSWORDS["admin"], here)
    console = station.child("console")

    def ours(line: str) -> None:
        outcome = sftp(client, line, folder=here)
        if outcome.code:
            raise SystemExit(outcome.said)

    def stock(line: str) -> None:
        options = [
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
            "-o",
            "LogLevel=ERROR",
        ]
        words = ["sftp", "-F", "/dev/null", *options, "-P", str(stock_port), "-b", "-", "127.0.0.1"]
        subprocess.run(words, input=f"{line}\n", text=True, cwd=here, check=True, stdout=subprocess.DEVNULL)

    def command() -> None:
        program, *rest = station.ssh("admin", "cdr", "export", "--all")
        with (here / "by-command.csv").open("wb") as file:
            subprocess.run(
                [program, *rest],
                stdin=subprocess.DEVNULL,
                stdout=file,
                env=client.environment(),
                check=True,
            )

    (here / "big.zip").write_bytes(os.urandom(SIZE))
    rows: list[tuple[object, ...]] = []
    for name, work, reference in (
        (f"{count:,} records", lambda: ours("get /export/records-all.csv"), command),
        ("log in", lambda: ours("ls"), lambda: stock("ls")),
        ("upload", lambda: ours("put big.zip /incoming"), lambda: stock("put big.zip /")),
        ("download", lambda: ours("get /incoming/big.zip back.zip"), lambda: stock("get /big.zip its.zip")),
    ):
        idle = forget_memory(console)
        took = seconds(work)
        more = (memory_kb(console) - idle) / 1024
        other = seconds(reference)
        rows.append((name, took, other, took / other, more))
    for one, two in (("records-all.csv", "by-command.csv"), ("big.zip", "back.zip")):
        if not filecmp.cmp(here / one, here / two, shallow=False):
            raise SystemExit(f"{one} and {two} are not the same")
    return rows


@contextmanager
def stock_server(folder: Path) -> Iterator[int]:
    """Its port."""
    words = [sys.executable, str(Path(__file__).with_name("stock_sftp.py")), str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield int(server.stdout.readline() if server.stdout else 0)
        finally:
            server.terminate()


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    count = parser.parse_args().records
    with tempfile.TemporaryDirectory() as name:
        folder, here = Path(name) / "station", Path(name) / "here"
        here.mkdir()
        (stock_folder := Path(name) / "stock").mkdir()
        fill(folder, count)
        with RunningStation(folder) as station, stock_server(stock_folder) as stock_port:
            station.evtty("password", "admin", stdin=f"{PASSWORDS['admin']}\n")
            rows = run(station, here, count, stock_port)
    show("Files by SFTP", ("what", "SFTP s", "reference s", "ratio", "more MB"), rows)


if __name__ == "__main__":
    main()
