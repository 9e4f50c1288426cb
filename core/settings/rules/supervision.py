"""Supervision: what OCPP needs before it can be switched on."""

from __future__ import annotations

from collections.abc import Iterator

from core.errors import Problem
from core.settings.rules.situation import Situation

PROTOCOL = "supervision.protocol"
PROFILE = "supervision.security_profile"
URLS = ("supervision.primary_url", "supervision.secondary_url")
KEY = "supervision.authorization_key"
SHORTEST_KEY = 16

ALWAYS_NEEDED = ("supervision.primary_url", "supervision.identity")
NEEDED = {
    "0": (),
    "1": (KEY,),
    "2": (KEY,),
    "3": ("supervision.client_certificate", "supervision.client_key"),
}
"""What must be filled in besides, by security profile."""

ENCRYPTED = ("2", "3")


def is_on(situation: Situation) -> bool:
    return situation.text(PROTOCOL) != "none"


def station_type(situation: Situation) -> Iterator[Problem]:
    if is_on(situation) and situation.text("general.station_type") != "supervised":
        yield situation.problem(
            PROTOCOL,
            "{label}: OCPP needs the Station type Supervised; a standalone station has no supervision",
        )


def filled_in(situation: Situation) -> Iterator[Problem]:
    if not is_on(situation):
        return
    profile = situation.text(PROFILE)
    for key in (*ALWAYS_NEEDED, *NEEDED[profile]):
        if not situation.text(key):
            if key in ALWAYS_NEEDED:
                yield situation.problem(key, "{label}: is needed for OCPP")
            else:
                yield situation.problem(
                    key, "{label}: is needed for security profile {profile}", profile=profile
                )
    if profile in ENCRYPTED:
        for key in URLS:
            if situation.text(key) and not situation.text(key).startswith("wss://"):
                yield situation.problem(
                    key, "{label}: must begin with wss:// for security profile {profile}", profile=profile
                )


def key_length(situation: Situation) -> Iterator[Problem]:
    if 0 < len(situation.text(KEY)) < SHORTEST_KEY:
        yield situation.problem(KEY, "{label}: at least {least} characters", least=SHORTEST_KEY)


def only_raised(situation: Situation) -> Iterator[Problem]:
    """A security profile in use is never lowered (OCPP 1.6 security whitepaper)."""
    before, after = str(situation.before[PROFILE]), situation.text(PROFILE)
    if is_on(situation) and situation.before[PROTOCOL] != "none" and after < before:
        yield situation.problem(
            PROFILE,
            "{label}: can only be raised while supervision is on; it is {before}. "
            "Set Supervision protocol to None first",
            before=before,
        )
