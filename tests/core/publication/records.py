"""Charge records for the tests of publication."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.values.records import ChargeRecord

FIRST_DAY = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def record(number: int, *, start: datetime = FIRST_DAY) -> ChargeRecord:
    """A charge of one hour; each its own transaction and energy."""
    return ChargeRecord(
        number=number,
        station="S1",
        socket=1,
        transaction_id=1000 + number,
        uid="04AABBCC",
        charge_type="AC_SINGLE_PHASE",
        start=start,
        end=start + timedelta(hours=1),
        energy_kwh=number / 1000,
        socket_type="TYPE2",
        duration_s=3600,
        comment="",
        stop_reason="vehicle_unplugged",
        meter_start_wh=0,
        meter_stop_wh=number,
    )
