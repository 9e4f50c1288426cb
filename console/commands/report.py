"""`report`: the maintenance report as text, as HTML, or as JSON."""

from __future__ import annotations

from console.commands.command import Argument, Call, Command
from console.texts import N_


async def report(call: Call) -> None:
    from screens.report.document import document

    options = call.options
    station = await call.station()
    made = await station.report(uids=options.with_uids, comments=options.with_comments, exported=True)
    if options.html:
        from screens.report.page import html_of

        page = html_of(document(made))
        if call.json:
            await call.answer({"file": page})
        else:
            await call.out.data(page)
    elif call.json:
        await call.answer(made)
    else:
        from screens.report.lines import text_of

        await call.out.data(text_of(document(made)))


COMMANDS = (
    Command(
        words=("report",),
        usage="[--html] [--with-uids] [--with-comments]",
        summary=N_("Write the maintenance report: what the station is, how it does, what happened last"),
        arguments=(
            Argument(name="--html", help=N_("as one HTML file, to print or to send"), flag=True),
            Argument(name="--with-uids", help=N_("with the identifiers of badges, else left out"), flag=True),
            Argument(
                name="--with-comments", help=N_("with the comments of badges, else left out"), flag=True
            ),
        ),
        act=report,
    ),
)
