"""Who may charge: authentication location, strategy and badge give a decision."""

from __future__ import annotations

from enum import Enum
from typing import Literal

import msgspec

from core.values.badges import Badge

Location = Literal["charging_station", "disable", "remote", "supervision"]


class Decision(Enum):
    """What a badge that was presented may do."""

    ACCEPTED = "accepted"
    UNKNOWN = "unknown"
    ADMINISTRATOR = "administrator"
    IGNORED = "ignored"
    ASK = "ask"


class AuthorisationRules(msgspec.Struct, frozen=True, kw_only=True):
    """What the settings say about authorisation.

    `reject_unknown`: only badges of the register charge; with supervision, while its link is lost, only those
    that it accepted before.
    `remote_command`: a station without a reader waits for a command from outside.
    `local_first`: a badge that the supervision accepted before is not asked about again.
    """

    location: Location
    reject_unknown: bool
    remote_command: bool = False
    local_first: bool = False


def is_free(rules: AuthorisationRules) -> bool:
    """A vehicle charges as soon as it is plugged in."""
    return rules.location == "disable" and not rules.remote_command


def decide(
    rules: AuthorisationRules,
    badge: Badge | None,
    *,
    linked: bool = False,
    remembered: bool = False,
    refused: bool = False,
) -> Decision:
    """What a badge may do; `badge` is its entry in the register, None for an unknown one.

    `linked`: the supervision answers. `remembered`: it has accepted this badge before; `refused`: it has not,
    so that not even an open station takes it while the link is down.

    ================== =========== ========= ========= ============ =============== =============
    location           strategy    link      unknown   remembered   user, vip       admin
    ================== =========== ========= ========= ============ =============== =============
    charging_station   reject      any       UNKNOWN   UNKNOWN      ACCEPTED        ADMINISTRATOR
    charging_station   allow all   any       ACCEPTED  ACCEPTED     ACCEPTED        ADMINISTRATOR
    supervision        any         up        ASK       ASK (1)      ASK (1)         ADMINISTRATOR
    supervision        reject      down      UNKNOWN   ACCEPTED     as remembered   ADMINISTRATOR
    supervision        allow all   down      ACCEPTED  ACCEPTED     ACCEPTED        ADMINISTRATOR
    remote             any         any       IGNORED   IGNORED      IGNORED         IGNORED
    disable            any         any       IGNORED   IGNORED      IGNORED         ADMINISTRATOR
    ================== =========== ========= ========= ============ =============== =============

    (1) With `local_first` what is remembered is ACCEPTED without asking.

    Source: guide, General settings and Authentication.
    """
    if rules.location == "remote" or rules.remote_command:
        return Decision.IGNORED
    if badge is not None and badge.type == "admin":
        return Decision.ADMINISTRATOR
    if rules.location == "disable":
        return Decision.IGNORED
    if rules.location == "supervision":
        if linked:
            return Decision.ACCEPTED if rules.local_first and remembered else Decision.ASK
        if refused:
            return Decision.UNKNOWN
        known = remembered
    else:
        known = badge is not None
    if rules.reject_unknown and not known:
        return Decision.UNKNOWN
    return Decision.ACCEPTED
