"""The calls on the station as a whole: restart, reset, erasing."""

from __future__ import annotations

from core.caller import Caller, finished
from core.restarting import ACTION_OF, restart, take_back
from core.values.control import RestartWhen, WaitingRestart


class ControlCalls(Caller):
    """The part of `api.Station` that is about the station as a whole."""

    async def restart(self, when: RestartWhen = "now") -> WaitingRestart | None:
        self._may("restart")
        return await finished(restart(self._parts, self._actor, when))

    async def factory_reset(self, when: RestartWhen = "now") -> WaitingRestart | None:
        self._may("factory_reset")
        return await finished(restart(self._parts, self._actor, when, "factory_reset"))

    async def erase_personal_data(self, when: RestartWhen = "now") -> WaitingRestart | None:
        self._may("erase_personal_data")
        return await finished(restart(self._parts, self._actor, when, "personal_data"))

    async def take_back_restart(self) -> WaitingRestart:
        self._may_change("restart")
        if (waiting := self._parts.ending.waiting) is not None:
            self._may(ACTION_OF[waiting.purpose])
        return take_back(self._parts, self._actor)
