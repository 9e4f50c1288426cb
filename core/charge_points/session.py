"""A charging session from authorisation to its record."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from core.values.records import ChargeRecord

_HOUR = 3600.0


class StopReason(StrEnum):
    """Why a charge ended; the words of `stop_reason` in records."""

    VEHICLE_UNPLUGGED = "vehicle_unplugged"
    BADGE = "badge"
    ADMIN_BADGE = "admin_badge"
    REMOTE = "remote"
    UNLOCKED = "unlock_command"
    NO_LONGER_AUTHORISED = "no_longer_authorised"
    PUSH_BUTTON = "push_button"
    KEY_LOCK = "key_lock"
    VENTILATION = "ventilation_not_allowed"
    VEHICLE_VANISHED = "vehicle_vanished"
    FAULT = "fault"
    RESTART = "restart"
    SOFT_RESET = "soft_reset"
    HARD_RESET = "hard_reset"
    POWER_LOSS = "power_loss"


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A charge that is open.

    `started` wall clock, `began` elapsed s, `meter_start` Wh, `phases` that it loads, `highest` W it has
    drawn.
    `looped`: current was offered to its vehicle. `told`: the supervision is told of it, and `central_id` is
    its number there. `parent` is the group of its badge, `vip` its type. `allowance` Wh of the meter, up to
    which it may charge since its badge was refused; then it ends, or, if it `may_stay`, gets no more
    current (`barred`).
    """

    transaction_id: int
    uid: str
    comment: str
    started: datetime
    began: float
    meter_start: float
    phases: int
    highest: float = 0.0
    looped: bool = False
    told: bool = False
    central_id: int | None = None
    parent: str = ""
    vip: bool = False
    allowance: float | None = None
    may_stay: bool = False
    barred: bool = False

    @property
    def shown_id(self) -> int:
        """Its number in records: the supervision's, where it has given one."""
        return self.transaction_id if self.central_id is None else self.central_id

    def measured(self, watts: float, phases: int) -> Session:
        """The session after this power in W was drawn on so many phases."""
        if watts <= self.highest and (phases == self.phases or watts == 0):
            return self
        loaded = phases if watts > 0 else self.phases
        return msgspec.structs.replace(self, highest=max(watts, self.highest), phases=loaded)

    def shifted(self, seconds: float) -> Session:
        """The session on a wall clock that was set by so many seconds."""
        return msgspec.structs.replace(self, started=self.started + timedelta(seconds=round(seconds)))

    def energy_wh(self, meter: float) -> int:
        """What it has taken at this state of the meter in Wh."""
        return round(meter) - round(self.meter_start)

    def record(
        self, *, at: float, meter: float, reason: StopReason, socket: int, station: str, kind: str
    ) -> ChargeRecord:
        """Its record if it ended now; the number is given where it is stored."""
        duration = round(at - self.began)
        energy = self.energy_wh(meter)
        return ChargeRecord(
            number=0,
            station=station,
            socket=socket,
            transaction_id=self.transaction_id,
            uid=self.uid,
            charge_type="AC_THREE_PHASE" if self.phases == 3 else "AC_SINGLE_PHASE",
            start=self.started,
            end=self.started + timedelta(seconds=duration),
            energy_kwh=energy / 1000,
            socket_type=kind,
            duration_s=duration,
            comment=self.comment,
            stop_reason=reason.value,
            meter_start_wh=round(self.meter_start),
            meter_stop_wh=round(meter),
            mean_power_w=round(energy * _HOUR / duration) if duration > 0 else 0,
            max_power_w=round(self.highest),
            phases=self.phases,
        )
