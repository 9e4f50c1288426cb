"""`supervision`: how the link to the central system is, and testing the way to it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from console.commands.command import Call, Command
from console.commands.steps import answer_steps
from console.texts import N_, _
from core.api import ConnectionTest
from core.values.supervision import SupervisionStatus
from screens.supervision_words import link_lines, message_line


async def status(call: Call) -> None:
    station = await call.station()
    found: SupervisionStatus = await station.supervision()
    if call.json:
        await call.answer(found)
        return
    zone = ZoneInfo((await station.status()).station.zone)
    for line in link_lines(found, zone):
        await call.say(line)
    if found.messages:
        await call.say(_("Last messages, newest first:"))
    for message in found.messages:
        await call.say(message_line(message, zone))


async def test(call: Call) -> None:
    found: ConnectionTest = await (await call.station()).test_supervision()
    await answer_steps(call, found, "The connection does not work yet: see the last step.")


COMMANDS = (
    Command(
        words=("supervision", "status"),
        summary=N_("Show the link to the central system and its last messages"),
        act=status,
    ),
    Command(
        words=("supervision", "test"),
        summary=N_("Try the way to the central system step by step; the link rests meanwhile"),
        act=test,
    ),
)
