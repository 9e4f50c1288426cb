"""Orders from outside for charges and charge points, each with what became of it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from core.audit import Note
from core.badges.verdict import ACCEPTED
from core.charge_points.orders import Orders
from core.charge_points.outlet import LastChargeStatus
from core.charge_points.point import ChargePoint
from core.charge_points.presenting import answered
from core.charge_points.session import StopReason
from core.charge_points.starting import why_not_started
from core.serving.badges import ServedBadges
from core.serving.gates import id_tag, require
from core.values.outside import AvailabilityOutcome, Outsider, StartOutcome, StopOutcome, UnlockOutcome

UNLOCK_SECONDS = 5
"""s; so long a lock may take to open."""


class ServedOrders(ServedBadges):
    """Charge points that systems outside give orders to.

    Every order raises NotFound for a charge point that there is not, and NotAllowed while its system may give
    none.
    """

    async def remote_start(
        self, point: int | None, uid: str = "", *, origin: Outsider = "ocpp", ask: bool = False
    ) -> StartOutcome:
        """Give leave to charge at a charge point, or at whichever is plugged in first (None).

        `uid` is an id tag ("": nobody's). `ask`: the supervision is asked about it first; `accepted` then
        only says that it is. Raises Invalid for what is no id tag.
        """
        uid = id_tag(uid)
        points = self._ordered(point, origin)
        holder = await self._holder(uid)
        self._catch_up()
        reason = why_not_started(points, uid, holder.parent, self._side.bookings, origin)
        if reason is None and ask:
            self._ask(holder, points, by=origin)
        elif reason is None:
            accepted = msgspec.structs.replace(ACCEPTED, parent=holder.parent)
            answered(
                points,
                msgspec.structs.replace(holder, known=accepted),
                self._side.at,
                self._side.bookings,
                by=origin,
            )
        outcome: StartOutcome = reason or "accepted"
        self._note("remote_start", points, origin, outcome)
        await self._settled()
        return outcome

    async def remote_stop(self, transaction: int) -> StopOutcome:
        """End the charge that the supervision knows by this number."""
        require(self._settings, "ocpp")
        self._catch_up()
        for point in self._side.points:
            if point.session is not None and point.session.central_id == transaction:
                return await self._stop(point, "ocpp")
        return "no_charge"

    async def stop(self, point: int, *, origin: Outsider) -> StopOutcome:
        """End the charge at a charge point, and take back the leave that somebody has there."""
        (found,) = self._ordered(point, origin)
        self._catch_up()
        found.grant = None
        return await self._stop(found, origin)

    async def unlock(self, point: int) -> UnlockOutcome:
        """Let the cable go, whose charge ends. A cable of the station's own is never locked."""
        (found,) = self._ordered(point, "ocpp")
        if found.rules.attached:
            return "not_supported"
        self._catch_up()
        found.stop(self._side.at, StopReason.UNLOCKED, LastChargeStatus.CANCELLED)
        await self._settled()
        for _ in range(UNLOCK_SECONDS):
            if not _is_locked(found):
                break
            await self._clock.sleep(1)
            await self.tick()
        outcome: UnlockOutcome = "failed" if _is_locked(found) else "unlocked"
        self._note("unlock", (found,), "ocpp", outcome)
        return outcome

    async def set_available(self, point: int | None, on: bool, *, origin: Outsider) -> AvailabilityOutcome:
        """Put a charge point, or all (None), into service or out of it; that outlasts restarts.

        A charge that is open ends first: `scheduled`.
        """
        points = self._ordered(point, origin)
        self._catch_up()
        for each in points:
            self._give(each, each.orders.available(on, origin), origin, f"available {'yes' if on else 'no'}")
        waits = not on and any(each.session is not None for each in points)
        await self._settled()
        return "scheduled" if waits else "accepted"

    async def maintenance(self, point: int, on: bool) -> AvailabilityOutcome:
        """Somebody works at a charge point, or has finished. An open charge ends first: `scheduled`."""
        (found,) = self._ordered(point, "plc")
        self._catch_up()
        changed = msgspec.structs.replace(found.orders, maintenance=on)
        self._give(found, changed, "plc", f"maintenance {'yes' if on else 'no'}")
        waits = on and found.session is not None
        await self._settled()
        return "scheduled" if waits else "accepted"

    async def suspend(self, point: int) -> StopOutcome:
        """Give the open charge no current until `resume`."""
        return await self._suspended(point, True)

    async def resume(self, point: int) -> StopOutcome:
        """Let a suspended charge go on."""
        return await self._suspended(point, False)

    async def postpone(self, point: int, on: bool) -> None:
        """Hold back every charge at a charge point, or let them go on."""
        (found,) = self._ordered(point, "plc")
        self._catch_up()
        changed = msgspec.structs.replace(found.orders, postponed=on)
        self._give(found, changed, "plc", f"postponed {'yes' if on else 'no'}")
        await self._settled()

    async def release(self, origin: Outsider, point: int | None = None) -> None:
        """A system outside gives up control of a charge point, or of all (None).

        What it has ordered holds no more, but for its limits.
        """
        points = self._side.points if point is None else (self._point(point),)
        self._catch_up()
        self._take_back(origin, points)
        await self._settled()

    async def limit_from_outside(self, point: int, current: float | None, origin: str) -> None:
        """An external system (`origin`, in words for the log) limits a charge point to A; None: no more.

        Raises Invalid outside 0..80 A, and NotAllowed while nothing outside may control this station.
        """
        require(self._settings, "plc")
        self._outside.set(self._point(point).number, current, origin)
        self._catch_up()
        await self._settled()

    def limited_by(self, point: int, origin: str) -> float | None:
        """A that an external system allows a charge point at this moment; None: it has set no limit."""
        return self._outside.by(point, origin)

    @property
    def supply_limited_to(self) -> float | None:
        """A per phase that an external system allows all charge points together; None: no limit."""
        return self._outside.supply

    async def limit_supply_from_outside(self, current: float | None) -> None:
        """An external system limits all charge points together to A per phase; None: no more.

        Raises Invalid for less than 0 A, and NotAllowed while nothing outside may control this station.
        """
        require(self._settings, "plc")
        self._outside.limit_supply(current)
        self._catch_up()
        await self._settled()

    def _ordered(self, point: int | None, origin: Outsider) -> Sequence[ChargePoint]:
        require(self._settings, origin)
        return self._side.points if point is None else (self._point(point),)

    async def _stop(self, point: ChargePoint, origin: Outsider) -> StopOutcome:
        outcome: StopOutcome = "no_charge" if point.session is None else "accepted"
        point.stop(self._side.at, StopReason.REMOTE, LastChargeStatus.CANCELLED)
        self._note("remote_stop", (point,), origin, outcome)
        await self._settled()
        return outcome

    async def _suspended(self, point: int, on: bool) -> StopOutcome:
        (found,) = self._ordered(point, "plc")
        self._catch_up()
        if found.session is None:
            return "no_charge"
        changed = msgspec.structs.replace(found.orders, suspended=on)
        self._give(found, changed, "plc", f"suspended {'yes' if on else 'no'}")
        await self._settled()
        return "accepted"

    def _give(self, point: ChargePoint, orders: Orders, origin: Outsider, words: str) -> None:
        if orders != point.orders:
            point.orders = orders
            self._note("outside_order", (point,), origin, words)

    def _note(self, action: str, points: Sequence[ChargePoint], origin: Outsider, new: str) -> None:
        subject = f"charge point {points[0].number}" if len(points) == 1 else "station"
        self._log(Note(kind="event", action=action, origin=origin, subject=subject, new=new))


def _is_locked(point: ChargePoint) -> bool:
    return point.readings is not None and point.readings.locked is True
