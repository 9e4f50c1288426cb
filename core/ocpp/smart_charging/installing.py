"""Putting profiles in place and taking them away: what stays of those before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.ocpp.smart_charging.profiles import Installed


def with_profile(installed: Sequence[Installed], new: Installed) -> tuple[Installed, ...]:
    """It takes the place of those with its id, or with its purpose and stack level at its connector."""

    def gives_way(old: Installed) -> bool:
        same_id = old.profile.charging_profile_id == new.profile.charging_profile_id
        same_place = (
            old.connector == new.connector
            and old.profile.charging_profile_purpose == new.profile.charging_profile_purpose
            and old.profile.stack_level == new.profile.stack_level
        )
        return same_id or same_place

    return (*(old for old in installed if not gives_way(old)), new)


def without(installed: Sequence[Installed], wanted: Mapping[str, object]) -> tuple[Installed, ...]:
    """All that ClearChargingProfile does not mean: its id alone, or else all that fit every word of it."""
    if (number := wanted.get("id")) is not None:
        return tuple(each for each in installed if each.profile.charging_profile_id != number)

    def is_meant(each: Installed) -> bool:
        facts = {
            "connectorId": each.connector,
            "chargingProfilePurpose": each.profile.charging_profile_purpose,
            "stackLevel": each.profile.stack_level,
        }
        return all(facts[key] == value for key, value in wanted.items() if key in facts)

    return tuple(each for each in installed if not is_meant(each))


def still_meant(installed: Sequence[Installed], charges: Mapping[int, int | None]) -> tuple[Installed, ...]:
    """Without the profiles of charges that have ended; `charges` are those that are open, by connector."""
    return tuple(
        each
        for each in installed
        if each.profile.charging_profile_purpose != "TxProfile"
        or (each.charge is not None and charges.get(each.connector) == each.charge)
    )
