"""Puts together what the supervision works with, each part with what it needs of the others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from core.audit import Audit
from core.causes import Causes
from core.clock import Clock
from core.firmware.firmware import Firmware
from core.ocpp.asked_values import AskedValues
from core.ocpp.authorising import Authorising
from core.ocpp.booting import Booting, boot_payload
from core.ocpp.configuration import Configuration, Save
from core.ocpp.connector_status import ConnectorStatus, connector_statuses
from core.ocpp.delivering import Delivering
from core.ocpp.desk import Desk
from core.ocpp.following import facts_of
from core.ocpp.heartbeats import Heartbeats
from core.ocpp.idle_values import IdleValues
from core.ocpp.kept import Kept
from core.ocpp.linked import Linked
from core.ocpp.local_list import LocalList
from core.ocpp.promised import PromisedProfiles
from core.ocpp.resetting import Resetting
from core.ocpp.security.events import SecurityEvents
from core.ocpp.security.signing import Signing
from core.ocpp.security.trial import Trial
from core.ocpp.smart_charging.charging import SmartCharging
from core.ocpp.statuses import Statuses
from core.ocpp.transfers.fetching import fetching
from core.ocpp.transfers.own_host import checking
from core.ocpp.transfers.sending import sending
from core.ocpp.transfers.updating import Updating
from core.ocpp.transfers.uploads import make_uploads
from core.ocpp.waits import Waits
from core.profile import HardwareProfile
from core.secrets import StationKey
from core.serving import Serving
from core.settings.store import Settings
from core.storage import Storage

PATIENCE = "supervision.message_timeout"


def set_up_desk(
    profile: HardwareProfile,
    settings: Settings,
    save: Save,
    charging: Serving,
    storage: Storage,
    audit: Audit,
    causes: Causes,
    clock: Clock,
    smart: SmartCharging,
    waits: Waits,
    linked: Linked,
    attention: asyncio.Event,
    *,
    firmware: Firmware,
    folder: Path,
    key: StationKey,
    changed: Callable[[], None],
    version: str,
) -> Desk:
    """All of it; `changed` hears of what the screens show.

    `folder` is that of the station, `key` seals what it keeps, `version` is that of its program.
    """
    configuration = Configuration(settings, save, storage, audit, clock, lambda: facts_of(profile, settings))
    delivering = Delivering(
        charging,
        storage,
        configuration,
        clock,
        audit.note_when_possible,
        changed=changed,
        attention=attention.set,
    )
    local_list = LocalList(storage, configuration)
    boot = boot_payload(profile, version)
    booting = Booting(clock, boot)

    kept = Kept(storage, key)
    trial = Trial(settings, save, kept, linked, waits, audit.note_when_possible)
    configuration.propose = trial.propose

    check = checking(lambda: settings.text("supervision.primary_url"))

    def authority() -> str:
        return settings.text("supervision.ca_certificate")

    def connectors() -> Mapping[int, ConnectorStatus]:
        errors = (*charging.errors(), *causes.active())
        return connector_statuses(charging.charge_points(), errors, charging.state())

    return Desk(
        points=profile.charge_points,
        boot=boot,
        charging=charging,
        configuration=configuration,
        booting=booting,
        statuses=Statuses(clock, connectors, lambda: configuration.number("MinimumStatusDuration")),
        heartbeats=Heartbeats(
            clock,
            lambda: configuration.number("HeartbeatInterval"),
            linked.time_told,
            # A central system that takes no heartbeat may have forgotten the station.
            refused=booting.ask,
        ),
        delivering=delivering,
        smart=smart,
        promised=PromisedProfiles(
            charging,
            smart,
            clock,
            lambda: configuration.number("ConnectionTimeOut"),
            audit.note_when_possible,
        ),
        asking=Authorising(lambda: linked.is_up, attention.set, local_list.find),
        local_list=local_list,
        resetting=Resetting(charging, delivering, waits, lambda: settings.number(PATIENCE)),
        uploads=make_uploads(
            sending(clock, profile.name, authority, check), waits, audit.note_when_possible, attention.set
        ),
        trial=trial,
        signing=Signing(
            kept,
            trial,
            lambda: (profile.identity.serial_number, configuration.text("CpoName")),
            clock.now,
            audit.note_when_possible,
        ),
        security_events=SecurityEvents(
            storage, audit, kept, lambda: settings.text("supervision.security_profile") != "0"
        ),
        updating=Updating(
            firmware,
            folder,
            kept,
            fetching(clock, profile.name, authority, check),
            waits,
            clock,
            audit.note_when_possible,
            attention.set,
        ),
        values=AskedValues(charging, delivering, configuration, clock),
        idle_values=IdleValues(charging, configuration, clock),
        now=clock.now,
        attention=attention.set,
    )
