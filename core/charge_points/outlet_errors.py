"""What an error of lock or flap means for the outlet, by the moment at which it comes."""

from __future__ import annotations

from core.charge_points.hardware import Readings
from core.charge_points.outlet import OutletError
from core.charge_points.session import Session

LOCK, FLAP = 4, 10


def outlet_error(number: int, readings: Readings | None, session: Session | None) -> OutletError | None:
    """The last error of the outlet after this error has begun; None where it is none of the outlet.

    Before a charge the plug is to be locked and the flap open, after it the other way round (guide,
    Outlet Status Last Error).
    """
    if readings is None:
        return None
    if number == LOCK:
        return _lock(session, is_locked=bool(readings.locked))
    if number == FLAP:
        return _flap(session, is_plugged=readings.proximity is not None)
    return None


def _lock(session: Session | None, *, is_locked: bool) -> OutletError:
    if session is None or is_locked:
        return OutletError.ABNORMALLY_LOCKED
    return OutletError.UNLOCKED_IN_CHARGE if session.looped else OutletError.ABNORMALLY_NOT_LOCKED


def _flap(session: Session | None, *, is_plugged: bool) -> OutletError:
    if session is not None:
        return OutletError.SHUTTER_OPEN_IN_CHARGE
    return OutletError.SHUTTER_NOT_OPENED if is_plugged else OutletError.SHUTTER_NOT_CLOSED
