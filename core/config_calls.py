"""The calls on the station's configuration as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import msgspec

from core.access import origin_text
from core.api import ConfigImport
from core.audit import Note
from core.caller import Caller, finished
from core.settings import cfg_file, cfg_judging, cfg_writing
from core.settings.cfg_import import plan_import, told
from core.settings.cfg_judging import Meaning
from core.settings.plan import Plan
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
        meaning = (
            Meaning(changes={}, lines={}, problems=read.problems)
            if read.is_foreign
            else await asyncio.to_thread(
                cfg_judging.judge, read, settings.rows, family=family, keep_network=keep_network
            )
        )
        found: list[ConfigImport] = []

        def make() -> Plan:
            plan = plan_import(settings, meaning, account=self._actor.account, seen=seen)
            found.append(told(settings, meaning, plan, version=read.said("version")))
            return plan

        outcome = await self._parts.saving.carry_out(
            make,
            actor=self._actor,
            dry_run=dry_run,
            heading=lambda plan: self._heading(found[-1], len(plan.changes)),
        )
        return msgspec.structs.replace(found[-1], saved=outcome.saved)

    def _heading(self, found: ConfigImport, changes: int) -> Note:
        """The note in front of those on each setting."""
        return Note(
            kind="audit",
            action="configuration_imported",
            account=self._actor.account,
            origin=origin_text(self._actor.origin),
            subject=f"{changes} settings",
            text=f"{changes} changed, {found.unchanged} unchanged, {len(found.left)} left as they are, "
            f"{len(found.absent)} not on this station",
        )
