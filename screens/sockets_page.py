"""Socket-outlets: what each set point comes to, what each contact does, and what is offered now."""

from __future__ import annotations

from core.api import ChargePointStatus, SettingView
from screens.checks import problem
from screens.input_words import effect_words, state_words
from screens.limit_words import counts_words, offered_words
from screens.live_form import AT_REST, NOTHING, LiveForm, Said
from screens.texts import N_, _

SET_POINTS = ("derated_current", "load_shedding_set_point", "temporary_current_limit")
CONTACTS = {
    "input_1_normally_open": "input_1",
    "input_2_normally_open": "input_2",
    "delayed_start_contact": "delayed_start",
    "current_limit_contact": "current_limit",
}
"""Which input stands beside which setting."""


class SocketsPage(LiveForm):
    """The settings of the socket-outlets beside what happens there."""

    about = N_(
        "The current that each charge point may deliver, and what its inputs do. Below each current stands "
        "what it comes to for cars that charge on one and on three phases, also before it is saved; beside "
        "each contact whether it is open or closed now, and what that does."
    )

    def now_lines(self, point: ChargePointStatus) -> list[str]:
        return [f"   {_('Now:')} {offered_words(point)}"]

    def said_of(self, view: SettingView) -> Said:
        _socket, number, name = view.key.split(".")
        point = self.charge_point(int(number))
        if point is None:
            return NOTHING
        if name in SET_POINTS:
            typed = self.visit.value(view.key)
            words = AT_REST if problem(view, typed) else counts_words(self.visit, point.point, typed)
            return Said(below=words)
        if name in {"input_1", "input_2"}:
            unused = self.visit.value(view.key) == "not_used"
            return Said(beside=state_words(point, name)) if unused else NOTHING
        if name in CONTACTS:
            return Said(beside=effect_words(self.visit, point, CONTACTS[name]))
        return NOTHING
