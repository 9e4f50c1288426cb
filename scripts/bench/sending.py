"""How long sending a file of 3 MB holds up the station's event loop, by each way to send.

Measured as processor time between two turns of the loop, so that other load on the machine does not count;
the servers run in a process of their own. Reference: the same file handed to the client library in one call
(aiosmtplib.send of a message, httpx.post; ftplib's storbinary called from the loop). Aim: under 5 ms.
"""

from __future__ import annotations

import asyncio
import ftplib
import io
import json
import logging
import sys
import tempfile
import time
import warnings
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from pathlib import Path

from table import arguments, show

import aiosmtplib  # isort: skip
import httpx
import msgspec

from tests.core.publication.transports.sending import PARCEL, transport

LINE = b"%06d;3N152820234A1S1B7551700014;1;%d;04AABBCC;AC_THREE_PHASES;7,250\r\n"
LINES = 45_000
AIM_MS = 5.0
SERVING_S = 600
SERVE = "--serve"


async def serve() -> None:
    """Run one server of each kind, and print their ports."""
    warnings.simplefilter("ignore")
    logging.disable()
    from tests.peers.file_server import FileServer
    from tests.peers.mail_server import MailServer
    from tests.peers.web_server import WebServer

    with tempfile.TemporaryDirectory() as folder:
        async with MailServer() as mail, FileServer(Path(folder)) as files, WebServer() as web:
            print(json.dumps({"smtp": mail.port, "ftp": files.port, "http": web.port}), flush=True)
            await asyncio.sleep(SERVING_S)


async def longest_hold(work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds of processor time that the loop spent at most between two of its turns."""
    worst = 0.0

    async def turn() -> None:
        nonlocal worst
        last = time.thread_time()
        while True:
            await asyncio.sleep(0.001)
            now = time.thread_time()
            worst, last = max(worst, now - last), now

    turning = asyncio.create_task(turn())
    await asyncio.sleep(0.01)
    await work()
    await asyncio.sleep(0.01)
    turning.cancel()
    return 1e3 * worst


def in_one_call(protocol: str, port: int, content: bytes) -> Callable[[], Awaitable[object]]:
    async def mail() -> None:
        message = EmailMessage()
        message["From"], message["To"] = "a@example.org", "b@example.org"
        message.add_attachment(content, maintype="text", subtype="csv", filename="a.csv")
        await aiosmtplib.send(message, hostname="127.0.0.1", port=port, start_tls=False)

    async def files() -> None:
        with ftplib.FTP() as session:  # noqa: S321
            session.connect("127.0.0.1", port)
            session.login()
            session.storbinary("STOR a.csv", io.BytesIO(content))

    async def web() -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            file = {"file": ("a.csv", content, "text/csv")}
            await client.post(f"http://127.0.0.1:{port}/upload/records", files=file)

    return {"smtp": mail, "ftp": files, "http": web}[protocol]


async def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="files sent by each way")
    given = parser.parse_args()
    content = b"".join(LINE % (number, number) for number in range(LINES))
    parcel = msgspec.structs.replace(PARCEL, content=content)
    serving = await asyncio.create_subprocess_exec(sys.executable, __file__, SERVE, stdout=PIPE)
    ports = json.loads(await serving.stdout.readline()) if serving.stdout else {}
    rows, is_met = [], True
    try:
        for protocol, port in ports.items():
            way = transport(protocol, port=port)
            call = in_one_call(protocol, port, content)
            ours: list[float] = []
            theirs: list[float] = []
            for _ in range(given.rounds):
                ours.append(await longest_hold(lambda way=way: way.send(parcel)))  # type: ignore[misc]
                theirs.append(await longest_hold(call))
            rows.append((protocol, max(ours), max(theirs), max(ours) / max(theirs), given.rounds))
            is_met = is_met and max(ours) < AIM_MS
    finally:
        serving.kill()
        await serving.wait()
    title = f"loop held up by a file of {len(content) / 1e6:.1f} MB, ms"
    show(title, ("by", "station", "one call", "ratio", "rounds"), rows)
    return int(not is_met)


if __name__ == "__main__":
    sys.exit(asyncio.run(serve() if SERVE in sys.argv else main()))
