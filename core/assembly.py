"""Making the station's parts, in the order in which they need each other."""

from __future__ import annotations

import asyncio
from functools import partial
from importlib import metadata
from pathlib import Path

from core.accounts import Accounts
from core.active_errors import active_errors
from core.audit import Audit
from core.authenticating import Authenticating
from core.badges.admin_badge import AdminBadge
from core.badges.learning import BadgeLearning
from core.badges.presented import PresentedBadges
from core.badges.register import Register
from core.beginning import begin
from core.bms.bms import BuildingLink
from core.bms.listening import Endpoint
from core.boards.making import answering, make_boards
from core.causes import Causes
from core.charge_points.making_meters import make_meters
from core.charging import Charging
from core.clock import Clock, SimulatedClock, SystemClock
from core.consistency import Consistency
from core.ending import Ending
from core.error_history.following import ErrorHistory
from core.events import StatusChanged
from core.firmware.firmware import Firmware
from core.firmware.marker import is_being_tried, was_left
from core.going_back import go_back
from core.listeners import Announcer
from core.meters.finding import MeterFinding
from core.modbus import ModbusLines
from core.modem.making import make_modem
from core.network.making import make_network_driver
from core.network.marker import Marker
from core.network.network import Network
from core.notices import RESET_UNFINISHED, SECRETS_LOST, Notices
from core.ocpp.smart_charging.charging import SmartCharging
from core.ocpp.supervision import LOST as SUPERVISION_LOST
from core.ocpp.supervision import Supervision
from core.parts import Parts
from core.passwords import Keeper
from core.profile import HardwareProfile
from core.publication.publishing import Publication
from core.publication.transports import make_transport
from core.readers import make_reader
from core.readers.attending import AttendedReader
from core.resetting.carrying_out import carry_out
from core.saving import Saving
from core.schema import MIGRATIONS, SCHEMA
from core.secrets import Unsealing, open_station_key
from core.sessions import Sessions
from core.settings import table as settings_table
from core.settings.store import Settings
from core.ssh_keys.keys import SshKeys
from core.storage import Storage
from core.timekeeping.drivers import clock_driver
from core.timekeeping.timekeeping import Timekeeping

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
    version = metadata.version("evtty")
    announcer = Announcer()
    announce, changed = announcer.announce, partial(announcer.announce, StatusChanged())

    # What everything stands on: what is kept, and what tells of it.
    gone_back = None
    if was_left(folder):
        gone_back = await asyncio.to_thread(go_back, folder, SCHEMA, MIGRATIONS)
    reset = await asyncio.to_thread(carry_out, folder, SCHEMA, MIGRATIONS)
    storage = await Storage.open(
        folder, schema=SCHEMA, migrations=MIGRATIONS, keeps_copies=is_being_tried(folder)
    )
    storage.recovery = storage.recovery or gone_back
    key = open_station_key(folder)
    secrets = Unsealing(key)
    audit = Audit(storage, clock, announce)
    note = audit.note_when_possible
    values = await storage.read(lambda link: settings_table.load(link, unseal=secrets.unseal))
    settings = Settings(profile, values)
    saving = Saving(settings, storage, key, audit, clock, announce)
    sessions = Sessions(storage, clock, announcer)
    causes, notices = Causes(clock, changed, note), Notices(clock, changed)

    # From the plug to the record.
    lines = ModbusLines()
    boards = make_boards(profile, lines)
    meters = make_meters(profile, boards, lines, clock, changed)
    charging = Charging(profile, boards, meters, settings, clock, storage, announce, note)
    errors_now = partial(active_errors, charging, causes, notices)

    # Badges.
    register = Register(storage, audit, clock, announce)
    learning = BadgeLearning(register, clock, sessions.is_open, announce)
    admin_badge = AdminBadge(register, clock, charging.may_open_register)
    presented = PresentedBadges(learning, admin_badge, charging.present_badge)
    reader = make_reader(profile.reader, clock)
    presented.acknowledge = charging.acknowledge = reader.beep

    firmware = Firmware(
        profile,
        folder,
        version,
        clock,
        note,
        announce,
        is_open=sessions.is_open,
        answering=lambda: answering(boards, charging.points_with(SILENT)),
    )

    # Systems outside.
    supervision_lost = partial(causes.is_active, SUPERVISION_LOST)
    smart = SmartCharging(profile, charging, settings, storage, clock, supervision_lost)
    supervision = Supervision(
        profile,
        settings,
        saving.save,
        charging,
        storage,
        audit,
        causes,
        clock,
        smart,
        announce,
        firmware=firmware,
        folder=folder,
        key=key,
        version=version,
    )
    building = BuildingLink(
        bms, profile, charging, errors_now, settings, storage, clock, note, causes, changed
    )
    parts = Parts(
        profile=profile,
        folder=folder,
        clock=clock,
        storage=storage,
        settings=settings,
        saving=saving,
        audit=audit,
        accounts=Accounts(storage, keeper or Keeper(), serial_number=profile.identity.serial_number),
        sessions=sessions,
        keys=SshKeys(storage, sessions, audit, clock),
        charging=charging,
        boards=boards,
        meters=meters,
        meter_finding=MeterFinding(
            profile, settings, meters, lines, SystemClock(), sessions.is_open, announce
        ),
        register=register,
        learning=learning,
        presented=presented,
        reader=AttendedReader(reader, presented.take, causes, changed),
        publication=Publication(
            settings,
            storage,
            audit,
            clock,
            announce,
            partial(make_transport, station=profile.name, clock=clock),
            station=profile.name,
            serial_number=profile.identity.serial_number,
        ),
        supervision=supervision,
        smart=smart,
        bms=building,
        timekeeping=Timekeeping(
            settings,
            clock,
            clock_driver(clock),
            note,
            announce,
            causes,
            link=profile.clock.link,
            told_on_the_clock=(notices.shift, causes.shift),
        ),
        network=Network(
            profile,
            settings,
            saving,
            sessions,
            make_network_driver(profile),
            Marker(folder),
            audit,
            clock,
            announce,
        ),
        firmware=firmware,
        announcer=announcer,
        causes=causes,
        authenticating=Authenticating(
            profile,
            settings,
            clock,
            causes,
            linked=lambda: charging.authority.linked,
            present=lambda: building.has_clients,
        ),
        consistency=Consistency(settings, meters, causes, points=profile.charge_points),
        modem=make_modem(profile, settings, causes) if profile.modem else None,
        error_history=ErrorHistory(storage, clock, errors_now),
        notices=notices,
        version=version,
        demo=demo,
        ending=Ending(),
    )
    notices.set(SECRETS_LOST, secrets.lost > 0)
    notices.set(RESET_UNFINISHED, reset is not None and bool(reset.left))
    await begin(parts)
    return parts
