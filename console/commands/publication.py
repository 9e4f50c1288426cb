"""`publish`: what is published, publishing now, testing the way to the server."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from console.commands.command import Call, Command
from console.texts import N_, _
from core.api import ConnectionTest, PublicationStatus
from core.errors import TryLater
from screens.publication_words import result_lines, step_line


async def publish(call: Call) -> None:
    """Publish; a failure ends with the code of an answer that may be another one later."""
    outcome = await (await call.station()).publish_now()
    if outcome.failed is not None:
        if call.json:
            await call.answer(outcome, changed=bool(outcome.files))
        raise TryLater(
            "Not published: {step}: {said} {waiting} records wait.",
            step=outcome.failed.step,
            said=outcome.failed.said,
            waiting=outcome.waiting,
        )
    if call.json:
        await call.answer(outcome, changed=bool(outcome.files))
        return
    if not outcome.records:
        await call.say(_("Everything is published already."))
        return
    for name in outcome.files:
        await call.say(name)
    await call.say(_("{count} records are published.").format(count=outcome.records))


async def status(call: Call) -> None:
    station = await call.station()
    found: PublicationStatus = await station.publication()
    if call.json:
        await call.answer(found)
        return
    zone = ZoneInfo((await station.status()).station.zone)
    for line in result_lines(found, zone):
        await call.say(line)


async def test(call: Call) -> None:
    found: ConnectionTest = await (await call.station()).test_publication()
    if call.json:
        await call.answer(found)
    else:
        for step in found.steps:
            await call.say(step_line(step))
    if not found.ok:
        failed = found.steps[-1].name if found.steps else found.protocol
        raise TryLater("The connection failed at: {step}.", step=failed)


COMMANDS = (
    Command(
        words=("publish", "now"),
        summary=N_("Send every record that is not published yet, without waiting for the end of a period"),
        act=publish,
    ),
    Command(
        words=("publish", "status"),
        summary=N_("Show what was published last, what waits and what comes next"),
        act=status,
    ),
    Command(
        words=("publish", "test"),
        summary=N_("Try the way to the server step by step; no record is sent"),
        act=test,
    ),
)
