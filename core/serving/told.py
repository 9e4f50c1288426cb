"""What the supervision says of charges that it was told of."""

from __future__ import annotations

import sqlite3

import msgspec

from core.badges.verdict import Verdict
from core.cdrs import table as records
from core.charge_points.outlet import LastChargeStatus
from core.charge_points.session import Session, StopReason
from core.serving.badges import ServedBadges
from core.transactions import table as telling
from core.transactions.sampling import Supervision


def name_charge(link: sqlite3.Connection, local_id: int, central_id: int) -> None:
    """Store the supervision's number of a charge, open or with its record already."""
    telling.name(link, local_id, central_id)
    records.name(link, local_id, central_id)


class ServedTransactions(ServedBadges):
    """Charges by the station's own numbers (`local_id`), as facts tell of them."""

    def follow_supervision(self, supervision: Supervision) -> None:
        """Do as the supervision has configured, from now on."""
        self._supervision = supervision

    async def transaction_named(self, local_id: int, central_id: int) -> None:
        """The supervision has given a charge its number: its record carries it, even one stored before.

        Raises StorageFull, and then nothing has changed.
        """
        await self._storage.write(lambda link: name_charge(link, local_id, central_id))
        for point in self._side.points:
            if point.session is not None and point.session.transaction_id == local_id:
                point.session = msgspec.structs.replace(point.session, central_id=central_id)
        await self._settled()

    async def verdict(self, local_id: int, uid: str, verdict: Verdict) -> None:
        """The supervision has said what the badge of a charge is, which may have ended.

        A charge whose badge is refused ends, or only gets no more current, as is configured; what it may
        still take counts from now.
        """
        if uid:
            await self._remember(uid, verdict)
        self._catch_up()
        for point in self._side.points:
            session = point.session
            if session is None or session.transaction_id != local_id:
                continue
            if verdict.accepts:
                point.session = msgspec.structs.replace(
                    session, parent=verdict.parent or session.parent, allowance=None, barred=False
                )
            elif self._supervision.stop_on_invalid and self._supervision.energy_on_invalid_wh <= 0:
                point.stop(self._side.at, StopReason.NO_LONGER_AUTHORISED, LastChargeStatus.CANCELLED)
            else:
                point.session = self._allowed(session, point.meter.at(self._side.at))
        await self._settled()

    def _allowed(self, session: Session, meter_wh: float) -> Session:
        """The charge of a refused badge with what it may still take."""
        if session.allowance is not None or session.barred:
            return session
        return msgspec.structs.replace(
            session,
            allowance=meter_wh + self._supervision.energy_on_invalid_wh,
            may_stay=not self._supervision.stop_on_invalid,
        )
