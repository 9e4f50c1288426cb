"""Making the station's parts, in the order in which they need each other."""

from __future__ import annotations

import asyncio
import sqlite3
from functools import partial
from importlib import metadata
from pathlib import Path

from core import accounts, audit, charging, sessions
from core.accounts import Accounts
from core.active_errors import active_errors
from core.audit import Audit, Note
from core.authenticating import Authenticating
from core.badges import cache
from core.badges import table as badges
from core.badges.admin_badge import AdminBadge
from core.badges.learning import BadgeLearning
from core.badges.presented import PresentedBadges
from core.badges.register import Register
from core.bms import control as bms_control
from core.bms.bms import BuildingLink
from core.bms.listening import Endpoint
from core.boards.making import answering, make_boards
from core.causes import Causes
from core.cdrs import table as records
from core.charge_points.making_meters import make_meters
from core.charging import Charging
from core.clock import Clock, SimulatedClock, SystemClock
from core.consistency import Consistency
from core.demo import furnish
from core.ending import Ending
from core.error_history import table as past_errors
from core.error_history.following import ErrorHistory
from core.events import AnyEvent, StatusChanged
from core.firmware.firmware import Firmware
from core.listeners import Announcer
from core.meters.finding import MeterFinding
from core.modbus import ModbusLines
from core.modem.making import make_modem
from core.network.making import make_network_driver
from core.network.marker import Marker
from core.network.network import Network
from core.notices import FIRMWARE_LEFT, RECOVERED, RESET_UNFINISHED, SECRETS_LOST, Notices
from core.ocpp import key_table, list_table, named
from core.ocpp.smart_charging import table as charging_profiles
from core.ocpp.smart_charging.charging import SmartCharging
from core.ocpp.supervision import LOST as SUPERVISION_LOST
from core.ocpp.supervision import Supervision
from core.parts import Parts
from core.passwords import Keeper
from core.profile import HardwareProfile
from core.publication import table as parcels
from core.publication.publishing import Publication
from core.publication.transports import make_transport
from core.readers import make_reader
from core.readers.attending import AttendedReader
from core.resetting import tables
from core.resetting.carrying_out import carry_out
from core.saving import Saving
from core.secrets import Unsealing, open_station_key
from core.sessions import Sessions
from core.settings import table as settings_table
from core.settings.store import Settings
from core.ssh_keys import table as ssh_keys
from core.ssh_keys.keys import SshKeys
from core.storage import Storage
from core.timekeeping.drivers import clock_driver
from core.timekeeping.timekeeping import Timekeeping

STARTS = """
CREATE TABLE IF NOT EXISTS starts (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), count INTEGER NOT NULL);
INSERT OR IGNORE INTO starts VALUES (1, 0);
"""
SCHEMA = (
    STARTS,
    settings_table.SCHEMA,
    accounts.SCHEMA,
    sessions.SCHEMA,
    audit.SCHEMA,
    charging.SCHEMA,
    parcels.SCHEMA,
    bms_control.SCHEMA,
    charging_profiles.SCHEMA,
    past_errors.SCHEMA,
    key_table.SCHEMA,
    named.SCHEMA,
    list_table.SCHEMA,
    ssh_keys.SCHEMA,
    tables.SCHEMA,
)
MIGRATIONS = (badges.USES, records.PHASES, sessions.KEYS, records.CENTRAL_ID, cache.VERDICTS)
"""In order; what an older database lacks."""
SILENT = 3
"""The error of a board that does not answer."""


async def assemble(
    profile: HardwareProfile,
    folder: Path,
    *,
    clock: Clock | None,
    keeper: Keeper | None,
    demo: bool,
    bms: Endpoint | None,
) -> Parts:
    """Open the data folder and make every part; nothing runs yet. Raises StationError."""
    clock = clock or (SimulatedClock() if profile.clock.driver == "simulated" else SystemClock())
    announcer = Announcer()
    reset = await asyncio.to_thread(carry_out, folder, SCHEMA, MIGRATIONS)
    storage = await Storage.open(folder, schema=SCHEMA, migrations=MIGRATIONS)
    key = open_station_key(folder)
    secrets = Unsealing(key)
    log = Audit(storage, clock, announcer.announce)
    settings = Settings(
        profile, await storage.read(lambda link: settings_table.load(link, unseal=secrets.unseal))
    )
    lines = ModbusLines()
    boards = make_boards(profile, lines)
    changed = partial(announcer.announce, StatusChanged())
    meters = make_meters(profile, boards, lines, clock, changed)
    served = Charging(
        profile, boards, meters, settings, clock, storage, announcer.announce, log.note_when_possible
    )
    register = Register(storage, log, clock, announcer.announce)
    who = Sessions(storage, clock, announcer)
    learning = BadgeLearning(register, clock, who.is_open, announcer.announce)
    presented = PresentedBadges(
        learning, AdminBadge(register, clock, served.may_open_register), served.present_badge
    )
    reader = make_reader(profile.reader, clock)
    presented.acknowledge = served.acknowledge = reader.beep
    saving = Saving(settings, storage, key, log, clock, announcer.announce)
    causes = Causes(clock, changed, log.note_when_possible)
    attended = AttendedReader(reader, presented.take, causes, changed)
    notices = Notices(clock, changed)
    history = ErrorHistory(storage, clock, partial(active_errors, served, causes, notices))
    smart = SmartCharging(
        profile, served, settings, storage, clock, partial(causes.is_active, SUPERVISION_LOST)
    )
    parts = Parts(
        profile=profile,
        folder=folder,
        clock=clock,
        storage=storage,
        settings=settings,
        saving=saving,
        audit=log,
        accounts=Accounts(storage, keeper or Keeper(), serial_number=profile.identity.serial_number),
        sessions=who,
        keys=SshKeys(storage, who, log, clock),
        charging=served,
        boards=boards,
        meters=meters,
        meter_finding=MeterFinding(
            profile, settings, meters, lines, SystemClock(), who.is_open, announcer.announce
        ),
        register=register,
        learning=learning,
        presented=presented,
        reader=attended,
        publication=Publication(
            settings,
            storage,
            log,
            clock,
            announcer.announce,
            partial(make_transport, station=profile.name, clock=clock),
            station=profile.name,
            serial_number=profile.identity.serial_number,
        ),
        supervision=Supervision(
            profile,
            settings,
            saving.save,
            served,
            storage,
            log,
            causes,
            clock,
            smart,
            announcer.announce,
            version=metadata.version("evtty"),
        ),
        smart=smart,
        bms=BuildingLink(
            bms,
            profile,
            served,
            partial(active_errors, served, causes, notices),
            settings,
            storage,
            clock,
            log.note_when_possible,
            causes,
            changed,
        ),
        timekeeping=Timekeeping(
            settings,
            clock,
            clock_driver(clock),
            log.note_when_possible,
            announcer.announce,
            causes,
            link=profile.clock.link,
            told_on_the_clock=(notices.shift, causes.shift),
        ),
        network=Network(
            profile,
            settings,
            saving,
            who,
            make_network_driver(profile),
            Marker(folder),
            log,
            clock,
            announcer.announce,
        ),
        firmware=Firmware(
            profile,
            folder,
            metadata.version("evtty"),
            clock,
            log.note_when_possible,
            announcer.announce,
            is_open=who.is_open,
            answering=lambda: answering(boards, served.points_with(SILENT)),
        ),
        announcer=announcer,
        causes=causes,
        authenticating=Authenticating(
            profile,
            settings,
            clock,
            causes,
            linked=lambda: served.authority.linked,
            present=lambda: parts.bms.has_clients,
        ),
        consistency=Consistency(settings, meters, causes, points=profile.charge_points),
        modem=make_modem(profile, settings, causes) if profile.modem else None,
        error_history=history,
        notices=notices,
        version=metadata.version("evtty"),
        demo=demo,
        ending=Ending(),
    )
    parts.notices.set(SECRETS_LOST, secrets.lost > 0)
    parts.notices.set(RESET_UNFINISHED, reset is not None and bool(reset.left))
    await _begin(parts)
    return parts


async def _begin(parts: Parts) -> None:
    starts = await parts.storage.write(_count_start)
    await parts.error_history.start()
    parts.announcer.tell_first(partial(_keep_errors, parts.error_history))
    parts.audit.note_when_possible(Note(kind="event", action="started", text=f"start {starts}"))
    if parts.storage.recovery is not None:
        found = parts.storage.recovery
        parts.notices.set(RECOVERED, True)
        parts.audit.note_when_possible(
            Note(
                kind="event",
                action="storage_recovered",
                subject=found.set_aside,
                text=f"from {found.copy or ('nothing' if found.set_aside else 'itself')}"
                f" and {found.transactions} transactions of the journal",
            )
        )
    for problem in parts.settings.unreadable:
        parts.audit.note_when_possible(
            Note(kind="event", action="setting_left_aside", subject=problem.key or "", text=problem.message)
        )
    await parts.accounts.start()
    await parts.sessions.start()
    if parts.demo:
        await furnish(parts.storage, parts.profile, parts.clock.now())
    await parts.charging.start()
    await parts.supervision.open()
    await parts.smart.start()
    parts.notices.set(FIRMWARE_LEFT, parts.firmware.start())


def _keep_errors(history: ErrorHistory, event: AnyEvent) -> None:
    if isinstance(event, StatusChanged):
        history.look()


def _count_start(link: sqlite3.Connection) -> int:
    link.execute("UPDATE starts SET count = count + 1")
    (count,) = link.execute("SELECT count FROM starts").fetchone()
    return int(count)
