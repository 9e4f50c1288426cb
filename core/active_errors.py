"""Every error of the station at this moment: of its charge points, of the whole, of its own program."""

from __future__ import annotations

from core.causes import Causes
from core.charging import Charging
from core.notices import Notices
from core.values.status import ErrorStatus


def active_errors(charging: Charging, causes: Causes, notices: Notices) -> tuple[ErrorStatus, ...]:
    """In the order in which Live status shows them."""
    return (*charging.errors(), *causes.active(), *notices.active())
