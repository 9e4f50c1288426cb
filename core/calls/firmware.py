"""The calls on the station's own software: sending a package, looking at it, installing it."""

from __future__ import annotations

from core.access import origin_text
from core.caller import Caller, finished
from core.errors import Invalid
from core.restarting import require_choice, restart, take_back
from core.values.control import RestartWhen
from core.values.firmware import FirmwareStatus, PackageView


class FirmwareCalls(Caller):
    """The part of `api.Station` that is about firmware."""

    async def firmware(self) -> FirmwareStatus:
        self._may("firmware")
        return self._firmware_status()

    async def receive_firmware(self, chunk: bytes, *, begin: bool = False) -> int:
        self._may_change("firmware")
        return await finished(self._parts.firmware.receive(self._session.info.id, chunk, begin=begin))

    async def verify_firmware(self) -> PackageView:
        self._may_change("firmware")
        try:
            return await finished(self._parts.firmware.verify(self._session.info.id))
        except Invalid as refused:
            self._note("firmware_refused", refused.message)
            raise

    async def install_firmware(self, package: str, *, when: RestartWhen = "if_free") -> FirmwareStatus:
        self._may_change("firmware")
        return await finished(self._install(package, when))

    async def withdraw_firmware(self) -> FirmwareStatus:
        self._may_change("firmware")
        parts, actor = self._parts, self._actor
        parts.firmware.withdraw(
            self._session.info.id, account=actor.account, origin=origin_text(actor.origin)
        )
        restart_waits = parts.ending.waiting is not None and parts.ending.waiting.purpose == "firmware"
        if restart_waits and parts.firmware.slots.waiting is None:
            take_back(parts, actor)
        return self._firmware_status()

    async def _install(self, package: str, when: RestartWhen) -> FirmwareStatus:
        parts, actor = self._parts, self._actor
        require_choice(parts, when)
        await parts.firmware.write(
            self._session.info.id, package, account=actor.account, origin=origin_text(actor.origin)
        )
        await restart(parts, actor, "now" if when == "now" else "when_free", "firmware")
        return self._firmware_status()

    def _firmware_status(self) -> FirmwareStatus:
        waiting = self._parts.ending.waiting
        return self._parts.firmware.status(
            restarts_when_free=waiting is not None and waiting.purpose == "firmware"
        )
