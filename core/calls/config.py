"""The calls on the station's configuration as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from core.api import ConfigImport
from core.caller import Caller, finished
from core.errors import Invalid
from core.settings import cfg_file, cfg_judging, cfg_writing
from core.settings.cfg_import import in_order, seen_by, told
from core.values.setting import Value


class ConfigCalls(Caller):
    """The part of `api.Station` that is about the `.cfg` file."""

    async def export_config(self) -> bytes:
        self._may("config_export")
        parts = self._parts
        serial_number = parts.profile.identity.serial_number
        file = cfg_writing.file_of(
            parts.settings.rows.values(),
            {key: parts.settings.value(key) for key in parts.settings.rows},
            family=parts.profile.family,
            version=parts.version,
            station=f"{parts.profile.name} {serial_number}".strip(),
        )
        self._note("configuration_exported")
        return file

    async def import_config(
        self,
        file: bytes,
        *,
        keep_network: bool = False,
        seen: Mapping[str, Value] | None = None,
        dry_run: bool = False,
    ) -> ConfigImport:
        self._may_change("config_import")
        return await finished(self._take_over(file, keep_network=keep_network, seen=seen, dry_run=dry_run))

    async def _take_over(
        self, file: bytes, *, keep_network: bool, seen: Mapping[str, Value] | None, dry_run: bool
    ) -> ConfigImport:
        settings, family = self._parts.settings, self._parts.profile.family
        read = await asyncio.to_thread(cfg_file.read, file, family)
        meaning = await asyncio.to_thread(
            cfg_judging.judge, read, settings.rows, family=family, keep_network=keep_network
        )
        try:
            outcome = await self._parts.network.change(
                meaning.changes,
                actor=self._actor,
                session=self._session,
                seen=seen_by(meaning, seen),
                dry_run=dry_run or bool(meaning.problems),
                file=f"{len(meaning.changes)} in the file, {len(meaning.left)} left as they are, "
                f"{len(meaning.absent)} not on this station",
            )
        except Invalid as refusal:
            if not refusal.problems:
                raise
            raise Invalid.from_problems(in_order(meaning, refusal.problems)) from None
        found = told(settings, meaning, outcome, version=read.said("version"))
        if found.problems and not dry_run:
            raise Invalid.from_problems(found.problems)
        return found
