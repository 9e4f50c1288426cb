"""`help`: what the commands are, and what one of them takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from console.commands.command import Argument, Call, Command, UsageError
from console.commands.output import columns
from console.texts import N_, _


def overview(table: Sequence[Command]) -> str:
    """Every command with its summary."""
    rows = [("  " + row.line, _(row.summary)) for row in table]
    return columns(rows) + _("Every command takes --json. `help COMMAND` says more of one.") + "\n"


def explain(command: Command) -> str:
    """One command with each of its arguments."""
    rows = [(f"  {argument.name}", _(argument.help)) for argument in command.arguments]
    return f"{_('usage: {line}').format(line=command.line)} [--json]\n{_(command.summary)}\n{columns(rows)}"


def help_command(table: Callable[[], Sequence[Command]]) -> Command:
    """The row of `help` for the table that `table` gives."""

    async def act(call: Call) -> None:
        words = tuple(call.options.command)
        rows = [row for row in table() if not words or row.words[: len(words)] == words]
        if not rows:
            raise UsageError(
                _("There is no command {name!r}. `help` lists them.").format(name=" ".join(words)[:40])
            )
        if call.json:
            await call.answer(
                {"commands": [{"command": row.line, "summary": _(row.summary)} for row in rows]}
            )
        elif words:
            await call.out.data("\n".join(explain(row) for row in rows))
        else:
            await call.out.data(overview(rows))

    return Command(
        words=("help",),
        usage="[COMMAND]",
        summary=N_("List the commands, or explain one"),
        arguments=(Argument(name="command", help=N_("the command to explain"), any_number=True),),
        act=act,
    )
