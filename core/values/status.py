"""What Live status shows of the station."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from core.values.control import WaitingRestart
from core.values.meters import MeterStatus
from core.values.outside import Booking


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """An upper limit of the offered current, A, and what sets it.

    `source`: `rated`, `derated`, `supply`, `cable`, `board`, `load_shedding_input`, `temporary_limit`,
    `external`, `balancing`.
    """

    source: str
    current: float


class SessionStatus(msgspec.Struct, frozen=True, kw_only=True):
    """The charging session of a charge point; energy in Wh, duration in s.

    `transaction_id` is the supervision's, once it has given one; `local_id` is the station's own.
    """

    uid: str
    started: datetime
    transaction_id: int
    energy_wh: int = 0
    duration_s: int = 0
    comment: str = ""
    local_id: int = 0


class ChargePointStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What Live status shows of one charge point, in the guide's words.

    Currents in A and voltages in V per phase (L1, L2, L3), `power_w` W, `energy_wh` Wh of the meter.
    `designation` is the last byte of its IP address. `inputs` are `open` or `closed` by name.
    `available`: it is in service. `booking`: for whom it is kept. `held_back`: what holds the open charge
    back: `suspended` or `postponed` from outside, `barred` as its badge was refused later, or an input.
    `reason`: why no more current is offered, by that or by the smallest limit, in words.
    """

    point: int
    designation: str
    cpw_state: str
    ev_state: str
    cable_state: str
    evse_status: tuple[str, ...]
    outlet_status: str
    last_error: str
    last_charge_status: str
    offered_current: float
    duty_percent: float | None
    limits: tuple[Limit, ...]
    phases: int | None
    current: tuple[float, float, float]
    voltage: tuple[float, float, float]
    power_w: int
    energy_wh: int
    session: SessionStatus | None
    inputs: Mapping[str, str]
    meter: MeterStatus | None = None
    available: bool = True
    booking: Booking | None = None
    held_back: str = ""
    reason: str = ""


class ErrorStatus(msgspec.Struct, frozen=True, kw_only=True):
    """A station error that is active. `point` is None for the whole station.

    `tab` and `sub_tab` are where its cause can be set right ("" where nowhere). `cause`: what was found, in
    words for an electrician ("" where the name says it all).
    """

    number: int
    name: str
    point: int | None
    since: datetime
    advice: str
    tab: str = ""
    sub_tab: str = ""
    cause: str = ""


class StationState(msgspec.Struct, frozen=True, kw_only=True):
    """The station as a whole.

    `state`: `Operational`, `Restarting`, `Fault`, `Unavailable`.
    `light`: `ready`, `charging`, `off`, `fault`.
    `restart_waiting`: what waits until no charge is open.
    """

    name: str
    state: str
    light: str
    version: str
    restart_needed: bool
    restart_keys: tuple[str, ...]
    time: datetime
    zone: str
    demo: bool = False
    restart_waiting: WaitingRestart | None = None


class StationStatus(msgspec.Struct, frozen=True, kw_only=True):
    station: StationState
    charge_points: tuple[ChargePointStatus, ...]
    errors: tuple[ErrorStatus, ...]
    links: Mapping[str, str]


class Versions(msgspec.Struct, frozen=True, kw_only=True):
    """Installed versions of one charge point; `designation` is the last byte of its IP address."""

    designation: str
    board: str
    tool: str
    reader: str


class Hardware(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of the hardware profile that tabs and forms follow from.

    `identity` is what the report shows of the station by name; `versions` has one row a charge point.
    `phases` (1 or 3) of each socket-outlet; `meter_places`: where the meter of each charge point is asked,
    `simulated`, or "" where the settings say it.
    """

    family: Literal["parking", "city", "wallbox"]
    charge_points: int
    rfid_reader: bool
    key_lock: bool
    wifi_card: bool
    modem: bool
    supply_current: int
    phases: tuple[int, ...]
    meter_places: tuple[str, ...]
    simulated_board: bool
    identity: Mapping[str, str]
    versions: tuple[Versions, ...]
