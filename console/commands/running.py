"""Runs one command line to its exit code."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from console.commands.command import Call, Command, UsageError
from console.commands.exit_codes import DONE, error_body, error_lines, exit_code
from console.commands.help import explain
from console.commands.output import Output, OutputClosed
from console.commands.parsing import parse, wants_json
from core.api import Station
from core.errors import StationError
from screens.cleaned import cleaned


async def run_command(
    words: Sequence[str],
    table: Sequence[Command],
    open_station: Callable[[], Awaitable[Station]],
    out: Output,
    folder: Path,
) -> int:
    """Understand `words`, do it, and say what came of it. Refusals are told, anything else is raised.

    The station of the data folder is opened only by a command that needs it.
    """
    try:
        try:
            parsed = parse(words, table)
            if parsed.help:
                await out.data(explain(parsed.command))
                return DONE
            call = Call(
                command=parsed.command,
                options=parsed.options,
                station=open_station,
                out=out,
                folder=folder,
                json=parsed.options.json,
            )
            await parsed.command.act(call)
        except (StationError, UsageError) as error:
            return await _refuse(error, wants_json(words), out)
    except OutputClosed:
        pass
    return DONE


async def _refuse(error: StationError | UsageError, as_json: bool, out: Output) -> int:
    if as_json:
        await out.data(json.dumps(error_body(error)) + "\n")
    else:
        for line in error_lines(error):
            await out.message(cleaned(line))
    return exit_code(error)
