"""The table of commands: what may be asked over SSH, and on the machine itself."""

from __future__ import annotations

from console.commands import (
    about,
    badges,
    cdr,
    clock,
    config,
    errors,
    files,
    firmware,
    keys,
    log,
    log_verify,
    meters,
    network,
    password,
    publication,
    replay,
    report,
    reset,
    restart,
    sessions,
    settings,
    simulation,
    status,
    supervision,
)
from console.commands.command import Command
from console.commands.help import help_command

_RECORDS = (*cdr.COMMANDS, *publication.COMMANDS, *report.COMMANDS)
_SETTINGS = (*settings.COMMANDS, *config.COMMANDS, *clock.COMMANDS)
_FILES = (*files.COMMANDS, *firmware.COMMANDS)
_WIRED = (*meters.COMMANDS, *network.COMMANDS, *supervision.COMMANDS)
_SHARED = (
    *about.COMMANDS,
    *status.COMMANDS,
    *errors.COMMANDS,
    *_SETTINGS,
    *badges.COMMANDS,
    *_RECORDS,
    *_FILES,
    *_WIRED,
)
_ADMINISTRATION = (*keys.COMMANDS, *sessions.COMMANDS, *log.COMMANDS, *simulation.COMMANDS, *restart.COMMANDS)

REMOTE: tuple[Command, ...] = (
    help_command(lambda: REMOTE),
    *_SHARED,
    *password.REMOTE,
    *log_verify.REMOTE,
    *_ADMINISTRATION,
    *reset.REMOTE,
)
"""What an account may ask over SSH."""

LOCAL: tuple[Command, ...] = (
    help_command(lambda: LOCAL),
    *_SHARED,
    *password.LOCAL,
    *log_verify.LOCAL,
    *_ADMINISTRATION,
    *reset.LOCAL,
    *replay.COMMANDS,
)
"""What may be asked on the machine itself, beside the processes that `console.cli` starts."""
