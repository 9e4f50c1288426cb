"""Factory reset of a station that does not run: for who has the machine and no password."""

from __future__ import annotations

import os
import pwd
from datetime import UTC, datetime
from pathlib import Path

from core.database import COPIES, DATABASE_FILE
from core.errors import NotAllowed, NotFound, TryLater
from core.firmware import marker
from core.link.address import lock
from core.resetting.carrying_out import carry_out
from core.resetting.order import Order, give
from core.schema import MIGRATIONS, SCHEMA

ORIGIN = "local"


def factory_reset(folder: Path) -> None:
    """Reset the station of a data folder as at its next start.

    Raises NotFound where there is none, Busy while it runs, NotAllowed to who may not write there, TryLater
    for what is left for the next start.
    """
    try:
        if not ((folder / DATABASE_FILE).exists() or (folder / COPIES).is_dir()):
            raise NotFound("There is no station in {folder}.", folder=folder)
        _require_own_software(folder)
        _become_owner_of(folder)
        held = lock(folder)
    except PermissionError:
        raise NotAllowed(
            "The data folder {folder} is not yours: be root, or its owner.", folder=folder
        ) from None
    try:
        carry_out(folder, SCHEMA, MIGRATIONS)
        now = datetime.now(UTC)
        give(folder, Order(kind="factory_reset", account=ORIGIN, origin=ORIGIN, ordered=now))
        outcome = carry_out(folder, SCHEMA, MIGRATIONS)
    finally:
        os.close(held)
    if outcome is not None and outcome.left:
        raise TryLater("The rest is reset when the station starts: {left}", left=outcome.left)


def _require_own_software(folder: Path) -> None:
    """Raises NotAllowed where newer software than this keeps the data, and is not run for this user."""
    if marker.look(folder).active and not marker.belongs_here(folder):
        raise NotAllowed(
            "This station runs software from a package. Run the command as the user {owner}, whom the data "
            "folder belongs to.",
            owner=_name_of(folder.stat().st_uid),
        )


def _name_of(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def _become_owner_of(folder: Path) -> None:
    """Root leaves files that the station's own user can open."""
    facts = folder.stat()
    if os.geteuid() == 0 and facts.st_uid != 0:
        os.setegid(facts.st_gid)
        os.seteuid(facts.st_uid)
