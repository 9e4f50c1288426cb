"""`publish`: what is published, publishing now, testing the way to the server."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from console.commands.command import Call, Command
from console.commands.steps import answer_steps
from console.texts import N_, _
from core.api import ConnectionTest, PublicationStatus
from core.errors import TryLater
from screens.publication_words import result_lines


async def publish(call: Call) -> None:
    """Publish; a failure ends with the code for what may be different later."""
    outcome = await (await call.station()).publish_now()
    failed = outcome.failed
    if failed is not None:
        raise TryLater(
            "{step}: {said} Records that wait: {waiting}.",
            step=failed.step,
            said=failed.said,
            waiting=outcome.waiting,
            details={"step": failed.step, "said": failed.said, "file": failed.name},
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
    await answer_steps(call, found, "The connection does not work yet: see the last step.")


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
