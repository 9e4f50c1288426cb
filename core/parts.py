"""The parts that the station is put together from, as its handles use them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.accounts import Accounts
from core.audit import Audit
from core.authenticating import Authenticating
from core.badges.learning import BadgeLearning
from core.badges.presented import PresentedBadges
from core.badges.register import Register
from core.bms.bms import BuildingLink
from core.causes import Causes
from core.charge_points.hardware import Board
from core.charging import Charging
from core.clock import Clock
from core.consistency import Consistency
from core.ending import Ending
from core.error_history.following import ErrorHistory
from core.firmware.firmware import Firmware
from core.listeners import Announcer
from core.meters.finding import MeterFinding
from core.meters.meters import Meters
from core.modem.watching import Modem
from core.network.network import Network
from core.notices import Notices
from core.ocpp.smart_charging.charging import SmartCharging
from core.ocpp.supervision import Supervision
from core.profile import HardwareProfile
from core.publication.publishing import Publication
from core.readers.attending import AttendedReader
from core.saving import Saving
from core.sessions import Sessions
from core.settings.store import Settings
from core.ssh_keys.keys import SshKeys
from core.storage import Storage
from core.timekeeping.timekeeping import Timekeeping


@dataclass(frozen=True, kw_only=True)
class Parts:
    """One of each."""

    profile: HardwareProfile
    folder: Path
    clock: Clock
    storage: Storage
    settings: Settings
    saving: Saving
    audit: Audit
    accounts: Accounts
    sessions: Sessions
    keys: SshKeys
    charging: Charging
    boards: tuple[Board, ...]
    meters: Meters
    meter_finding: MeterFinding
    register: Register
    learning: BadgeLearning
    presented: PresentedBadges
    reader: AttendedReader
    publication: Publication
    supervision: Supervision
    smart: SmartCharging
    bms: BuildingLink
    timekeeping: Timekeeping
    network: Network
    firmware: Firmware
    announcer: Announcer
    causes: Causes
    authenticating: Authenticating
    consistency: Consistency
    modem: Modem | None
    error_history: ErrorHistory
    notices: Notices
    version: str
    demo: bool
    ending: Ending
