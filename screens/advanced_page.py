"""Advanced settings: what load balancing and control from outside mean for this station now."""

from __future__ import annotations

from core.api import SettingView
from screens.live_form import NOTHING, LiveForm, Said
from screens.texts import N_, _


class AdvancedPage(LiveForm):
    """The settings of energy management for the whole station, each with what it comes to."""

    about = N_(
        "How the charge points share the supply, and whether an external system may lower their currents. "
        "Below each setting stands what it means on this station now."
    )

    def said_of(self, view: SettingView) -> Said:
        is_on = self.visit.value(view.key) == "yes"
        if view.key == "energy.load_balancing":
            return Said(below=self._shared() if is_on else self._independent())
        if view.key == "energy.external_control":
            return Said(below=self._controlled() if is_on else self._uncontrolled())
        return NOTHING

    def _shared(self) -> str:
        words = _("Both charge points together get at most {supply} A per phase. {now}")
        offered = _("Offered now: {currents}.").format(
            currents=_currents({p.point: p.offered_current for p in self.visit.status.charge_points})
        )
        return words.format(supply=self.visit.hardware.supply_current, now=offered)

    def _independent(self) -> str:
        points = range(1, self.visit.hardware.charge_points + 1)
        derated = [self.visit.value(f"socket.{point}.derated_current").strip() for point in points]
        total = sum(int(each) for each in derated if each.isascii() and each.isdigit())
        supply = self.visit.hardware.supply_current
        if total > supply:
            return _(
                "! Together they may take {total} A per phase, but the supply carries {supply} A."
            ).format(total=total, supply=supply)
        return _(
            "Each on its own: together up to {total} A per phase; the supply carries {supply} A."
        ).format(total=total, supply=supply)

    def _controlled(self) -> str:
        limits = {
            point.point: limit.current
            for point in self.visit.status.charge_points
            for limit in point.limits
            if limit.source == "external"
        }
        words = _("OCPP and building management may lower the current. {now}")
        if not limits:
            return words.format(now=_("Nothing limits from outside now."))
        return words.format(now=_("Limits now: {currents}.").format(currents=_currents(limits)))

    def _uncontrolled(self) -> str:
        return _("Limits from OCPP and building management are refused.")


def _currents(of_points: dict[int, float]) -> str:
    """`plug 1 16 A, plug 2 16 A`."""
    return ", ".join(
        _("plug {point} {current:g} A").format(point=point, current=current)
        for point, current in of_points.items()
    )
