"""The table of all rules."""

from __future__ import annotations

from core.errors import Problem
from core.settings.rules import addresses, advice, completeness, currents, supervision
from core.settings.rules.situation import Rule, Situation

RULES: tuple[Rule, ...] = (
    addresses.station_addresses,
    addresses.gateway,
    addresses.name_servers,
    addresses.wifi_address,
    completeness.wifi,
    supervision.station_type,
    supervision.filled_in,
    supervision.key_length,
    supervision.only_raised,
    completeness.time_server,
    currents.within_limit_in_force,
    addresses.meter_addresses,
    completeness.publication,
    completeness.log_in_data,
)
"""What must hold; each names its problem on the setting where it can be corrected."""

NOTES: tuple[Rule, ...] = (
    addresses.new_address,
    addresses.copied_address,
    currents.too_small_to_charge,
    currents.supply_overrun,
    advice.names_need_a_server,
    advice.password_in_clear,
    advice.records_in_clear,
    advice.one_meter_for_two,
)
"""What is worth knowing about a change."""


def find_problems(situation: Situation) -> tuple[Problem, ...]:
    """Everything that is wrong, in the order of the rules."""
    return tuple(found for rule in RULES for found in rule(situation))


def find_notes(situation: Situation) -> tuple[Problem, ...]:
    """What is worth knowing but not wrong."""
    return tuple(found for note in NOTES for found in note(situation))
