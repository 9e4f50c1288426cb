"""The question before a restart, and the restart."""

from __future__ import annotations

from screens.console import Console
from screens.dialog import question
from screens.texts import _


async def restart_station(console: Console) -> None:
    """Restart after a confirmation. Must run in a worker."""
    visit = console.visit
    charging = [point for point in visit.status.charge_points if point.session]
    text = [_("The station is not available for about half a minute.")]
    if charging:
        plugs = ", ".join(str(point.point) for point in charging)
        text.append(_("Charges in progress end with their records: plug {plugs}.").format(plugs=plugs))
    if len(visit.edits):
        text.append(_("Unsaved changes on the forms are kept here, and are not part of it."))
    network = await console.attempt(visit.station.network())
    if network is not None and network.trial is not None:
        text.append(_("The network settings on trial are not confirmed: the old ones come back."))
    asked = question(_("Restart the station?"), text, _("Restart"))
    if await console.push_screen_wait(asked) == "yes":
        token = await console.attempt(visit.station.resume_token())
        if token is not None:
            visit.resume_token = token
            await console.attempt(visit.station.restart())
