"""What the contacts at the inputs of a charge point do now, in words."""

from __future__ import annotations

from core.api import ChargePointStatus
from screens.texts import N_, _
from screens.visit import Visit

EFFECTS = {
    "load_shedding": (N_("limits the current"), N_("does not limit")),
    "protection_devices": (N_("protection is in place"), N_("has tripped, Err #11")),
    "conditional_start": (N_("charges may start"), N_("no charge starts")),
    "delayed_start": (N_("holds charges back"), N_("charges may run")),
    "current_limit": (N_("limits the current"), N_("does not limit")),
}
"""What an input with this function does while its contact is active, and while it is not."""


def state_words(point: ChargePointStatus, name: str) -> str:
    """`now open`; "" while nothing is known of the contact."""
    return {"open": _("now open"), "closed": _("now closed")}.get(point.inputs.get(name, ""), "")


def effect_words(visit: Visit, point: ChargePointStatus, name: str) -> str:
    """`closed: limits the current`, by the function and the kind of contact on the form."""
    state = point.inputs.get(name, "")
    keys = _keys(point.point, name)
    effects = EFFECTS.get(_function(visit, point.point, name))
    if state not in {"open", "closed"} or effects is None:
        return ""
    contact = _("now closed") if state == "closed" else _("now open")
    normally_open = visit.value(keys[-1]) in {"yes", "normally_open"}
    effect = _(effects[0] if (state == "closed") is normally_open else effects[1])
    if any(key in visit.edits for key in keys):
        effect += _(", once saved")
    return f"{contact}: {effect}"


def _function(visit: Visit, point: int, name: str) -> str:
    """What an input is for; those of a wallbox are always for the same."""
    return visit.value(f"socket.{point}.{name}") or name


def _keys(point: int, name: str) -> tuple[str, ...]:
    """The settings that decide what an input does, its kind of contact last."""
    socket = f"socket.{point}"
    if name in {"delayed_start", "current_limit"}:
        return (f"{socket}.{name}_contact",)
    return (f"{socket}.{name}", f"{socket}.{name}_normally_open")
