"""Smart Charging at work: what is installed, and the limits that follow from it from second to second."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from core.clock import Clock
from core.energy.outside import HIGHEST_CURRENT
from core.errors import StorageFull
from core.ocpp.smart_charging import table
from core.ocpp.smart_charging.composite import Composite, composite
from core.ocpp.smart_charging.installing import still_meant, with_profile, without
from core.ocpp.smart_charging.profiles import MOST_PROFILES, Installed, Profile, fault_of
from core.ocpp.smart_charging.stacking import Charge, changes_next, charge_limit, station_limit
from core.profile import HardwareProfile
from core.serving import Serving
from core.serving.gates import EXTERNAL_CONTROL
from core.settings.reader import SettingsReader
from core.storage import Storage
from core.values.status import ChargePointStatus

ORIGIN = "OCPP"
FALLBACK_CURRENT = "supervision.fallback_current"
THREE = 3


class SmartCharging:
    """One a station. `is_lost`: the central system does not answer.

    While it is lost, charge points that it has limited take no more than the fallback current.
    """

    def __init__(
        self,
        profile: HardwareProfile,
        charging: Serving,
        settings: SettingsReader,
        storage: Storage,
        clock: Clock,
        is_lost: Callable[[], bool],
    ) -> None:
        self._hardware = profile
        self._charging = charging
        self._settings = settings
        self._storage = storage
        self._clock = clock
        self._is_lost = is_lost
        self.installed: tuple[Installed, ...] = ()

    async def start(self) -> None:
        """Take up what was installed before the restart."""
        self.installed = await self._storage.read(table.load)
        await self.tick()

    async def install(self, connector: int, profile: Profile) -> str:
        """Put a profile in place; why that cannot be, or ""."""
        if not self._settings.is_on(EXTERNAL_CONTROL):
            return "nothing outside may control this station"
        fault = fault_of(profile, connector) or self._place_fault(connector, profile)
        if fault:
            return fault
        of_charge = profile.charging_profile_purpose == "TxProfile"
        charge = self._charges()[connector].number if of_charge else None
        changed = with_profile(self.installed, Installed(connector=connector, profile=profile, charge=charge))
        if len(changed) > MOST_PROFILES:
            return f"at most {MOST_PROFILES} profiles are kept"
        await self._keep(changed)
        await self.tick()
        return ""

    async def clear(self, wanted: Mapping[str, object]) -> bool:
        """Take away what ClearChargingProfile means; False where that is nothing."""
        changed = without(self.installed, wanted)
        if len(changed) == len(self.installed):
            return False
        await self._keep(changed)
        await self.tick()
        return True

    def composite(self, connector: int, seconds: int) -> Composite:
        """What is allowed from now on, in A per phase; connector 0: all charge points together."""
        charge = self._charges().get(connector, Charge(connector=0))
        most: float = self._hardware.supply_current
        if connector:
            most = min(most, self._hardware.socket(connector).rated_current)

        def limit_at(moment: datetime) -> float:
            limit = self._limit(charge, moment) if connector else self._station(moment)
            return most if limit is None else min(most, limit)

        return composite(
            self._clock.now().replace(microsecond=0),
            seconds,
            limit_at,
            lambda moment: changes_next(self.installed, charge, moment),
        )

    async def tick(self) -> None:
        """Drop profiles of charges that have ended; bring limits to what holds now."""
        if not self._settings.is_on(EXTERNAL_CONTROL):
            return
        charges = self._charges()
        meant = still_meant(self.installed, {charge.connector: charge.number for charge in charges.values()})
        if len(meant) != len(self.installed):
            with contextlib.suppress(StorageFull):  # What is still stored of it means no charge any more.
                await self._keep(meant)
        now = self._clock.now()
        fallback = float(self._settings.number(FALLBACK_CURRENT)) if self._is_lost() else None
        whole = self._station(now)
        if whole != self._charging.supply_limited_to:
            await self._charging.limit_supply_from_outside(whole)
        for charge in charges.values():
            limits = [self._limit(charge, now), fallback if self.installed else None]
            found = [min(limit, HIGHEST_CURRENT) for limit in limits if limit is not None]
            limit = min(found, default=None)
            if limit != self._charging.limited_by(charge.connector, ORIGIN):
                await self._charging.limit_from_outside(charge.connector, limit, ORIGIN)

    def _limit(self, charge: Charge, now: datetime) -> float | None:
        """A per phase for a charge point, by its own profiles and those of the whole station."""
        found = [charge_limit(self.installed, charge, now), self._station(now)]
        return min((limit for limit in found if limit is not None), default=None)

    def _station(self, now: datetime) -> float | None:
        return station_limit(self.installed, now, THREE)

    def _charges(self) -> Mapping[int, Charge]:
        return {status.point: _charge(status) for status in self._charging.charge_points()}

    def _place_fault(self, connector: int, profile: Profile) -> str:
        """Why this station has no place for a profile."""
        if not 0 <= connector <= self._hardware.charge_points:
            return "there is no such connector"
        if profile.charging_profile_purpose != "TxProfile":
            return ""
        status = next(each for each in self._charging.charge_points() if each.point == connector)
        if status.session is None:
            return "no charge is open there"
        if profile.transaction_id not in {None, status.session.transaction_id}:
            return "another charge is open there"
        return ""

    async def _keep(self, installed: Sequence[Installed]) -> None:
        self.installed = tuple(installed)
        await self._storage.write(lambda link: table.keep(link, installed))


def _charge(status: ChargePointStatus) -> Charge:
    session = status.session
    return Charge(
        connector=status.point,
        number=None if session is None else session.local_id,
        since=None if session is None else session.started,
        phases=status.phases or THREE,
    )
