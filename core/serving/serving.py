"""The charge points of the station as its other parts use them."""

from __future__ import annotations

from core.serving.bookings import ServedBookings
from core.serving.orders import ServedOrders
from core.serving.told import ServedTransactions


class Serving(ServedOrders, ServedBookings, ServedTransactions):
    """The charge points of the station; every method lets time pass up to now first."""
