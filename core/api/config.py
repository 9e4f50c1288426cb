"""The part of the seam that is about the station's configuration as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from core.values.config import ConfigImport
from core.values.setting import Value


class ConfigStation(Protocol):
    """What an account may do with the configuration, as `api.Station` does."""

    async def export_config(self) -> bytes:
        """Every setting that can be set, without secrets, as a `.cfg` file."""

    async def import_config(
        self,
        file: bytes,
        *,
        keep_network: bool = False,
        seen: Mapping[str, Value] | None = None,
        dry_run: bool = False,
    ) -> ConfigImport:
        """Take over a `.cfg` file, all or nothing; a dry run only says what would come of it.

        Secrets stay as they are, and `keep_network` leaves Network and Wi-Fi so too. `seen` holds the old
        values of a dry run's changes: anything that has changed since raises Conflict. Raises Invalid with
        every faulty line.
        """
