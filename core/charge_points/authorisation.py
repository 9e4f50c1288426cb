"""Who may charge: authentication location, strategy and badge give a decision."""

from __future__ import annotations

from enum import Enum
from typing import Literal

import msgspec

from core.values.records import Badge

Location = Literal["charging_station", "disable", "remote", "supervision"]


class Decision(Enum):
    """What a badge that was presented may do."""

    ACCEPTED = "accepted"
    UNKNOWN = "unknown"
    ADMINISTRATOR = "administrator"
    IGNORED = "ignored"


class AuthorisationRules(msgspec.Struct, frozen=True, kw_only=True):
    """What the settings say about authorisation.

    `reject_unknown`: only badges of the register charge (with supervision: while its link is lost).
    `remote_command`: a station without a reader waits for a command from outside.
    """

    location: Location
    reject_unknown: bool
    remote_command: bool = False


def is_free(rules: AuthorisationRules) -> bool:
    """A vehicle charges as soon as it is plugged in."""
    return rules.location == "disable" and not rules.remote_command


def decide(rules: AuthorisationRules, badge: Badge | None) -> Decision:
    """What a badge may do; `badge` is its entry in the register, None for an unknown one.

    ================== =============== ========= ============== =====================
    location           strategy        unknown   user, vip      admin
    ================== =============== ========= ============== =====================
    charging_station   reject_unknown  UNKNOWN   ACCEPTED       ADMINISTRATOR
    charging_station   allow_all       ACCEPTED  ACCEPTED       ADMINISTRATOR
    supervision        reject_unknown  UNKNOWN   ACCEPTED       ADMINISTRATOR
    supervision        allow_all       ACCEPTED  ACCEPTED       ADMINISTRATOR
    remote             any             IGNORED   IGNORED        IGNORED
    disable            any             IGNORED   IGNORED        ADMINISTRATOR
    ================== =============== ========= ============== =====================
    """
    if rules.location == "remote" or rules.remote_command:
        return Decision.IGNORED
    if badge is not None and badge.type == "admin":
        return Decision.ADMINISTRATOR
    if rules.location == "disable":
        return Decision.IGNORED
    if badge is None and rules.reject_unknown:
        return Decision.UNKNOWN
    return Decision.ACCEPTED
