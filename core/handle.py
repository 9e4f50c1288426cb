"""The station as one account may use it: every call is checked, then does one thing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import TypeVar

from core import access
from core.api import (
    AnyEvent,
    ChangeOutcome,
    Hardware,
    PlugOutcome,
    Report,
    SessionInfo,
    SettingView,
    StationStatus,
    Vehicle,
)
from core.caller import finished
from core.calls.accounts import AccountCalls
from core.calls.badges import BadgeCalls
from core.calls.clock import ClockCalls
from core.calls.config import ConfigCalls
from core.calls.control import ControlCalls
from core.calls.errors import ErrorCalls
from core.calls.files import FileCalls
from core.calls.firmware import FirmwareCalls
from core.calls.log import LogCalls
from core.calls.meters import MeterCalls
from core.calls.network import NetworkCalls
from core.calls.publication import PublicationCalls
from core.calls.records import RecordCalls
from core.calls.supervision import SupervisionCalls
from core.errors import NotAllowed
from core.events import LogAdded, SessionEnded, SettingsChanged, StationRestarting
from core.report.gathering import gather, starts_of
from core.snapshot import hardware, station_status
from core.values.setting import Value
from core.values.simulation import MODEM_FAULT, READER_FAULT

T = TypeVar("T")


class StationHandle(
    AccountCalls,
    BadgeCalls,
    ConfigCalls,
    RecordCalls,
    MeterCalls,
    PublicationCalls,
    FileCalls,
    LogCalls,
    ClockCalls,
    ErrorCalls,
    NetworkCalls,
    SupervisionCalls,
    ControlCalls,
    FirmwareCalls,
):
    """Implements `api.Station` for one session."""

    async def whoami(self) -> SessionInfo:
        self._still_there()
        return self._session.info

    async def log_out(self) -> None:
        self._still_there()
        self._note("logged_out")
        await self._parts.sessions.end(self._session, reason="logged_out", by=self._actor.account)

    async def resume_token(self) -> str:
        self._still_there()
        return await self._parts.sessions.token(self._session)

    async def touch(self) -> None:
        self._still_there()
        self._parts.sessions.touch(self._session)

    async def show_screens(self) -> None:
        self._still_there()
        self._parts.sessions.show_screens(self._session)

    async def hardware(self) -> Hardware:
        self._may("hardware")
        return hardware(self._parts)

    async def status(self) -> StationStatus:
        self._may("status")
        return station_status(self._parts)

    async def settings(self) -> tuple[SettingView, ...]:
        self._may("settings")
        return self._parts.settings.views(self._actor.account)

    async def change_settings(
        self,
        changes: Mapping[str, Value],
        *,
        seen: Mapping[str, Value] | None = None,
        dry_run: bool = False,
    ) -> ChangeOutcome:
        self._may_change("change_settings")
        return await finished(
            self._parts.network.change(
                changes, actor=self._actor, session=self._session, seen=seen, dry_run=dry_run
            )
        )

    async def report(self, *, uids: bool = False, comments: bool = False, exported: bool = False) -> Report:
        self._may("report")
        starts = self._parts.storage.read(starts_of)
        report = await gather(self, starts, account=self._actor.account, uids=uids, comments=comments)
        if exported:
            names = {"identifiers": uids, "comments": comments}
            told = " and ".join(name for name, is_in in names.items() if is_in)
            self._note("report_exported", f"with {told}" if told else "")
        return report

    async def sim_plug(self, point: int, vehicle: Vehicle) -> PlugOutcome:
        self._simulates()
        return await finished(self._parts.charging.sim_plug(point, vehicle))

    async def sim_unplug(self, point: int) -> PlugOutcome:
        self._simulates()
        return await finished(self._parts.charging.sim_unplug(point))

    async def sim_badge(self, uid: str, point: int | None = None) -> None:
        self._simulates()
        if self._parts.reader.is_pulled_out:
            raise NotAllowed("The badge reader is lost (Err #1): no badge reaches the station")
        await finished(self._parts.presented.take(uid, point))

    async def sim_input(self, point: int, name: str, closed: bool) -> None:
        self._simulates()
        await finished(self._parts.charging.sim_input(point, name, closed))

    async def sim_fault(self, point: int, name: str, on: bool) -> None:
        self._simulates()
        if name == READER_FAULT and self._parts.profile.rfid_reader:
            self._parts.reader.set_fault(on)
        elif name == MODEM_FAULT and self._parts.modem is not None:
            self._parts.modem.set_fault(on)
        else:
            await finished(self._parts.charging.sim_fault(point, name, on))

    async def sim_speed(self, factor: float) -> None:
        self._simulates()
        await finished(self._parts.charging.sim_speed(factor))

    async def sim_advance(self, to: datetime, *, step: bool = False) -> StationStatus:
        self._simulates()
        await finished(self._parts.charging.sim_advance(to, step=step))
        return station_status(self._parts)

    async def sim_names(self) -> Mapping[str, tuple[str, ...]]:
        self._simulates()
        return self._parts.charging.sim_names()

    def events(self) -> AsyncIterator[AnyEvent]:
        self._still_there()
        return self._session.listen(self._view)

    def _simulates(self) -> None:
        self._may_change("simulate")
        if not self._parts.profile.simulated_board:
            raise NotAllowed("This station has real boards: nothing is simulated on it.")

    def _view(self, event: AnyEvent) -> AnyEvent | None:
        """What this account may know of an event."""
        if isinstance(event, (SessionEnded, StationRestarting)):
            return event
        info = self._session.info
        if info.password_must_change:
            return None
        if isinstance(event, LogAdded):
            return event if access.may(info.account, "log") else None
        if isinstance(event, SettingsChanged):
            keys = tuple(key for key in event.keys if access.may_read_key(info.account, key))
            return SettingsChanged(keys=keys, session=event.session, account=event.account) if keys else None
        return event
