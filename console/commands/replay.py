"""`replay`: drives the simulated station through real charging sessions."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from console.commands.command import Argument, Call, Command
from console.texts import N_, _
from core.api import Station
from core.errors import Invalid, NotFound, TryLater
from core.replay.driver import replay
from core.replay.report import ReplayReport
from core.replay.trondheim import RealSession, sessions

LARGEST_FILE = 100_000_000
PATIENCE_S = 60.0
RETRY_S = 0.3


def sessions_by_point(path: Path, users: list[str]) -> dict[int, list[RealSession]]:
    """The sessions of one user a charge point, the first user at point 1. Raises Invalid and NotFound."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Invalid("The file {name} is too large.", name=path)
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise Invalid("{name}: {reason}", name=path, reason=error.strerror or error) from None
    except UnicodeDecodeError:
        raise Invalid("{name} is not a text file in UTF-8.", name=path) from None
    if len(set(users)) < len(users):
        raise Invalid("Each user can be at one charge point only.")
    of_user: dict[str, list[RealSession]] = {user: [] for user in users}
    for session in sessions(text):
        if session.user in of_user:
            of_user[session.user].append(session)
    for user, found in of_user.items():
        if not found:
            raise NotFound("There are no sessions of the user {user} in the file.", user=user[:40])
    return {point: of_user[user] for point, user in enumerate(users, 1)}


def report_lines(report: ReplayReport, took_s: float) -> list[str]:
    """The outcome for a person."""
    lines = [
        _("Sessions: {count}, served: {served}, {rate:.0f} a second").format(
            count=report.sessions, served=report.served, rate=report.served / max(took_s, 0.001)
        ),
        _("Energy asked: {asked:.3f} kWh, delivered: {delivered:.3f} kWh").format(
            asked=report.asked_wh / 1000, delivered=report.delivered_wh / 1000
        ),
        _("Did not fit into their time: {count}").format(count=report.not_fitting),
        _("Differ by more than 1 % although they fit: {count}").format(count=report.off),
    ]
    lines += [
        _("Refused, {reason}: {count}").format(reason=why, count=n) for why, n in report.refused.items()
    ]
    lines += [
        _("Left out, {reason}: {count}").format(reason=why, count=n) for why, n in report.flawed.items()
    ]
    if report.interrupted:
        lines.append(_("Cut off by the end of the station: {count}").format(count=report.interrupted))
    return lines


async def act(call: Call) -> None:
    by_point = sessions_by_point(call.options.file, call.options.user)
    counts = sys.stderr.isatty()

    async def again() -> Station:
        import asyncio

        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                return await call.station()
            except TryLater:
                if time.monotonic() > until:
                    raise
            await asyncio.sleep(RETRY_S)

    def progress(done: int, total: int) -> None:
        if counts:
            print(f"\r{done} / {total}", end="\n" if done == total else "", file=sys.stderr, flush=True)

    began = time.monotonic()
    report = await replay(await call.station(), by_point, reconnect=again, progress=progress)
    took_s = time.monotonic() - began
    if call.json:
        await call.answer({"report": report, "seconds": round(took_s, 3)}, changed=True)
        return
    for line in report_lines(report, took_s):
        await call.say(line)


COMMANDS = (
    Command(
        words=("replay",),
        usage="FILE --user U [--user V]",
        summary=N_("Drive the simulated station through real charging sessions, one user a charge point"),
        arguments=(
            Argument(name="file", help=N_("charging sessions, CSV with semicolons"), kind=Path),
            Argument(name="--user", help=N_("a user of the file, once for each charge point"), each=True),
        ),
        act=act,
    ),
)
