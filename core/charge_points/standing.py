"""Orders from outside that outlast a restart of the station, in its memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

import msgspec

from core.charge_points.orders import Orders
from core.charge_points.point import ChargePoint
from core.values.outside import Booking

SCHEMA = """
CREATE TABLE IF NOT EXISTS outside_orders (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1), standing TEXT NOT NULL
);
"""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Orders by charge point, where there are any, and bookings. No charge outlasts a restart suspended."""

    orders: Mapping[int, Orders] = {}
    bookings: tuple[Booking, ...] = ()


def standing(points: Sequence[ChargePoint], bookings: tuple[Booking, ...]) -> Standing:
    """What stands now."""
    lasting = {point.number: msgspec.structs.replace(point.orders, suspended=False) for point in points}
    return Standing(
        orders={number: orders for number, orders in lasting.items() if orders != Orders()},
        bookings=bookings,
    )


def keep(link: sqlite3.Connection, now: Standing) -> None:
    """Store what stands."""
    text = msgspec.json.encode(now).decode()
    link.execute("INSERT OR REPLACE INTO outside_orders VALUES (1, ?)", (text,))


def load(link: sqlite3.Connection) -> Standing:
    """What stood when the station last stopped."""
    row = link.execute("SELECT standing FROM outside_orders").fetchone()
    return Standing() if row is None else msgspec.json.decode(row[0], type=Standing)
