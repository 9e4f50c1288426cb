"""What is left on the terminal of somebody whose session the station has ended."""

from __future__ import annotations

from core.events import SessionEnded
from screens.texts import _


def farewell_words(fact: SessionEnded) -> str:
    """Why it ended, and what to do about it; "" for whoever has left."""
    if fact.reason == "address_gone" and fact.confirm_within_s:
        return _(
            "The address of the station changes to {address}, on trial. Log in there within {seconds} s and "
            "confirm the change, else the old address comes back."
        ).format(address=fact.address, seconds=fact.confirm_within_s)
    if fact.reason == "address_gone":
        return _("The address on trial is taken back: the station answers at {address} again.").format(
            address=fact.address
        )
    if fact.reason == "password_changed":
        return _("The password of this account was changed by {account}. Log in with the new one.").format(
            account=fact.by
        )
    if fact.reason == "key_removed":
        return _("The key of this session was removed by {account}.").format(account=fact.by)
    if fact.reason == "closed":
        return _("This session was closed by {account}.").format(account=fact.by)
    return ""
