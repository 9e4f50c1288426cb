"""The table of commands: what may be asked over SSH, and on the machine itself."""

from __future__ import annotations

from console.commands import (
    badges,
    cdr,
    clock,
    config,
    errors,
    files,
    keys,
    log,
    meters,
    network,
    password,
    publication,
    replay,
    report,
    restart,
    sessions,
    settings,
    simulation,
    status,
)
from console.commands.command import Command
from console.commands.help import help_command

_RECORDS = (*cdr.COMMANDS, *publication.COMMANDS, *report.COMMANDS)
_SETTINGS = (*settings.COMMANDS, *config.COMMANDS, *clock.COMMANDS)
_FILES = files.COMMANDS
_WIRED = (*meters.COMMANDS, *network.COMMANDS)
_SHARED = (*status.COMMANDS, *errors.COMMANDS, *_SETTINGS, *badges.COMMANDS, *_RECORDS, *_FILES, *_WIRED)
_ADMINISTRATION = (*keys.COMMANDS, *sessions.COMMANDS, *log.COMMANDS, *restart.COMMANDS, *simulation.COMMANDS)

REMOTE: tuple[Command, ...] = (
    help_command(lambda: REMOTE),
    *_SHARED,
    *password.REMOTE,
    *_ADMINISTRATION,
)
"""What an account may ask over SSH."""

LOCAL: tuple[Command, ...] = (
    help_command(lambda: LOCAL),
    *_SHARED,
    *password.LOCAL,
    *_ADMINISTRATION,
    *replay.COMMANDS,
)
"""What may be asked on the machine itself, beside the processes that `console.cli` starts."""
