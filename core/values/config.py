"""The station's configuration as a file: what taking one over did, or would do."""

from __future__ import annotations

import msgspec

from core.errors import Problem
from core.values.settings import Change

LARGEST_CONFIG = 256 * 1024
"""Bytes of a file; the longest that a station writes has less than half."""


class SecretLeft(msgspec.Struct, frozen=True, kw_only=True):
    """A secret that no file holds: it stays as it is; `set` says whether there is one."""

    key: str
    label: str
    set: bool


class ConfigImport(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did (`saved`), or would do.

    `version` wrote the file. `unchanged` settings of the file have their value already. `left` are settings
    of this station that the file does not have, or that were to be kept: they stay as they are. `absent` are
    settings of the file that this station does not have, but others of its family do: nothing comes of them.
    `confirm_within_s`: changes of the network are not saved but on trial, for so long; 0: none is.
    `problems` (a dry run only, else Invalid is raised) have the line in `values["line"]` where there is one;
    while there is a problem, nothing is imported.
    """

    saved: bool
    version: str = ""
    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    left: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    secrets: tuple[SecretLeft, ...] = ()
    restart_needed: bool = False
    confirm_within_s: int = 0
    notes: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
