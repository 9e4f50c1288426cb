"""What the station follows where a setting does not exist on it."""

from __future__ import annotations

from collections.abc import Mapping

from core.profile import HardwareProfile
from core.values.setting import Value

FIXED: Mapping[str, Mapping[str, Value]] = {
    "general.remote_command_required": {"": "no"},
    "general.authentication_strategy": {"": "allow_all"},
    "general.push_button": {"": "yes"},
    "general.leave_cable_connected": {"wallbox": "yes", "": "no"},
    # A wallbox always keeps the larger smallest currents that load balancing asks for.
    "energy.load_balancing": {"wallbox": "yes", "": "no"},
    "energy.load_shedding_priority": {"": "charge_duration"},
    "socket.{n}.input_1": {"": "not_used"},
    "socket.{n}.input_1_normally_open": {"": "yes"},
    "socket.{n}.load_shedding_set_point": {"": 0},
    "socket.{n}.input_2": {"": "not_used"},
    "socket.{n}.input_2_normally_open": {"": "yes"},
    "socket.{n}.delayed_start_contact": {"": "normally_open"},
    "socket.{n}.current_limit_contact": {"": "normally_open"},
    "socket.{n}.temporary_current_limit": {"": 0},
    "socket.{n}.position": {"": 1},
}
"""By key and family, `""` for all other families."""


def fixed_values(profile: HardwareProfile) -> Mapping[str, Value]:
    """Every fixed value by its key; those of settings that do exist are of no account."""
    found: dict[str, Value] = {}
    for key, by_family in FIXED.items():
        for point in range(1, profile.charge_points + 1):
            found[key.replace("{n}", str(point))] = by_family.get(profile.family, by_family[""])
    return found
