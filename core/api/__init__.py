"""The seam: what screens and commands may ask of the station, and the values that cross it.

Core implements `Entrance` and `Station`; `core.link` carries both over a unix socket. The values of
`core.values` are frozen and everything else is an async method, so that a caller cannot tell whether
the station is in its own process. Every call is checked against the rights of the account
that the handle was opened for.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Protocol

from core.api.accounts import AccountStation
from core.api.badges import ALL_BADGES, BadgeStation
from core.api.clock import ClockStation
from core.api.config import ConfigStation
from core.api.control import ControlStation
from core.api.errors import ErrorStation
from core.api.files import FileStation
from core.api.firmware import FirmwareStation
from core.api.log import LogStation
from core.api.meters import MeterStation
from core.api.network import NetworkStation
from core.api.publication import PublicationStation
from core.api.records import RecordStation
from core.api.report import ReportStation
from core.api.simulation import SimulationStation
from core.api.supervision import SupervisionStation
from core.events import AnyEvent
from core.values.badges import (
    LEARNING_SECONDS,
    LONGEST_COMMENT,
    Badge,
    BadgeChange,
    BadgeImport,
    BadgeOrder,
    BadgePage,
    BadgeQuery,
    BadgeSelection,
    BadgeType,
    ImportMode,
    LearnedBadge,
    Learning,
    LearningMode,
)
from core.values.config import LARGEST_CONFIG, ConfigImport, SecretLeft
from core.values.control import RestartWhen, WaitingRestart
from core.values.exports import ExportPart, ExportPlace, RecordExport
from core.values.files import FileDeed
from core.values.firmware import FirmwareOutcome, FirmwareStatus, PackageView, WaitingFirmware
from core.values.keys import SshKey
from core.values.log import KnownEntry, LogCheck, LogEntry, LogQuery
from core.values.meters import FoundMeter, MeterSearch, MeterSearchRequest, MeterStatus
from core.values.network import NetworkCheck, NetworkStatus, NetworkTrial
from core.values.people import Origin, SessionInfo, Welcome
from core.values.publication import ConnectionTest, PublicationStatus, PublishOutcome
from core.values.records import (
    ChargeRecord,
    RecordDay,
    RecordOrder,
    RecordPage,
    RecordQuery,
    RecordTotals,
)
from core.values.report import DifferingSetting, Report
from core.values.setting import Value
from core.values.settings import Change, ChangeOutcome, SettingView
from core.values.simulation import PlugOutcome, Vehicle
from core.values.status import (
    ChargePointStatus,
    ErrorStatus,
    Hardware,
    Limit,
    SessionStatus,
    StationState,
    StationStatus,
    Versions,
)
from core.values.timekeeping import ClockChange, ClockStatus

__all__ = [
    "ALL_BADGES",
    "LARGEST_CONFIG",
    "LEARNING_SECONDS",
    "LONGEST_COMMENT",
    "AnyEvent",
    "Badge",
    "BadgeChange",
    "BadgeImport",
    "BadgeOrder",
    "BadgePage",
    "BadgeQuery",
    "BadgeSelection",
    "BadgeType",
    "Change",
    "ChangeOutcome",
    "ChargePointStatus",
    "ChargeRecord",
    "ClockChange",
    "ClockStatus",
    "ConfigImport",
    "ConnectionTest",
    "DifferingSetting",
    "Entrance",
    "ErrorStatus",
    "ExportPart",
    "ExportPlace",
    "FileDeed",
    "FirmwareOutcome",
    "FirmwareStatus",
    "FoundMeter",
    "Hardware",
    "ImportMode",
    "KnownEntry",
    "LearnedBadge",
    "Learning",
    "LearningMode",
    "Limit",
    "LogCheck",
    "LogEntry",
    "LogQuery",
    "MeterSearch",
    "MeterSearchRequest",
    "MeterStatus",
    "NetworkCheck",
    "NetworkStatus",
    "NetworkTrial",
    "Origin",
    "PackageView",
    "PlugOutcome",
    "PublicationStatus",
    "PublishOutcome",
    "RecordDay",
    "RecordExport",
    "RecordOrder",
    "RecordPage",
    "RecordQuery",
    "RecordTotals",
    "Report",
    "RestartWhen",
    "SecretLeft",
    "SessionInfo",
    "SessionStatus",
    "SettingView",
    "SshKey",
    "Station",
    "StationState",
    "StationStatus",
    "Vehicle",
    "Versions",
    "WaitingFirmware",
    "WaitingRestart",
    "Welcome",
]


class Entrance(Protocol):
    """A connection before anybody has logged in on it. One connection carries one session."""

    async def welcome(self) -> Welcome:
        """What anybody may know."""

    async def log_in(self, account: str, password: str, origin: Origin) -> Station:
        """Open a session. Raises LogInRefused (with `wait_s`)."""

    async def fits_key(self, account: str, key: str, origin: Origin) -> bool:
        """Whether a public key, the base64 of its `.pub` line, may open an account: ask for its signature."""

    async def log_in_with_key(self, account: str, key: str, origin: Origin) -> Station:
        """Open a session for somebody who, as the caller knows, has signed with it. Raises LogInRefused."""

    async def resume(self, token: str, origin: Origin) -> Station:
        """Take a session up again after a restart, with the token of `resume_token`.

        Raises NotAllowed, and TryLater from a station that is still about to restart.
        """

    async def local(self, origin: Origin) -> Station:
        """Open the machine's own session: the operating system has said who may; never for a remote one."""

    async def close(self) -> None:
        """End the connection and its session."""


class Station(
    AccountStation,
    BadgeStation,
    ClockStation,
    ConfigStation,
    ControlStation,
    ErrorStation,
    FileStation,
    FirmwareStation,
    LogStation,
    MeterStation,
    NetworkStation,
    PublicationStation,
    RecordStation,
    ReportStation,
    SimulationStation,
    SupervisionStation,
    Protocol,
):
    """The station as one logged-in account may use it. Every method raises StationError and its kinds."""

    async def whoami(self) -> SessionInfo: ...

    async def log_out(self) -> None: ...

    async def resume_token(self) -> str:
        """A secret that takes this session up again within ten minutes, once; for the console only."""

    async def touch(self) -> None:
        """Somebody is at the keyboard: the session is not idle."""

    async def show_screens(self) -> None:
        """Show screens in this session from now on; one that was opened for a command is told to nobody."""

    async def hardware(self) -> Hardware: ...

    async def status(self) -> StationStatus: ...

    async def settings(self) -> tuple[SettingView, ...]:
        """Every setting that exists here and that the account may read, in the order of the guide."""

    async def change_settings(
        self,
        changes: Mapping[str, Value],
        *,
        seen: Mapping[str, Value] | None = None,
        dry_run: bool = False,
    ) -> ChangeOutcome:
        """Save all or nothing. Text is accepted for any kind.

        `seen` holds the values that the edit started from; one that has changed since raises Conflict.
        Changes of the network are not saved but put on trial, as by `change_network`.
        Raises Invalid (every problem listed), NotAllowed, NotFound, Busy.
        """

    def events(self) -> AsyncIterator[AnyEvent]:
        """Facts from now on, until the session or the connection ends."""
