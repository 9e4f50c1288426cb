"""The questions before a factory reset and before personal data are erased."""

from __future__ import annotations

from screens.console import Console
from screens.restart import Asked, ask_until_settled
from screens.texts import N_, _
from screens.visit import Visit

RESTORE, ERASE = "RESTORE", "ERASE"
EXPORT_FIRST = N_("Export first what is still needed: a restart follows, and nothing brings it back.")


async def restore_factory(console: Console) -> None:
    """Back to factory settings. Must run in a worker."""
    visit = console.visit
    text = [
        _(
            "Settings, passwords, SSH keys, charge data records and files go. Badges, the log, the host key "
            "and the program stay. The accounts have their factory passwords again."
        ),
        *_address_words(visit),
        _(EXPORT_FIRST),
    ]
    asked = Asked(title=_("Restore the factory settings?"), text=tuple(text), word=RESTORE)
    await ask_until_settled(console, asked, visit.station.factory_reset)


async def erase_personal(console: Console) -> None:
    """Erase badges and records. Must run in a worker."""
    visit = console.visit
    text = [
        _(
            "Every badge and every charge data record goes, also from copies, from files and from the log. "
            "Settings and passwords stay; the numbers of records go on."
        ),
        *_rejected_words(visit),
        _(EXPORT_FIRST),
    ]
    asked = Asked(title=_("Erase personal data?"), text=tuple(text), word=ERASE)
    await ask_until_settled(console, asked, visit.station.erase_personal_data)


def _address_words(visit: Visit) -> list[str]:
    """Where the station answers afterwards, when that is somewhere else."""
    view = visit.settings.get("network.ip_address")
    if view is None or view.value == view.factory:
        return []
    return [_("The station answers at {address} again.").format(address=view.factory)]


def _rejected_words(visit: Visit) -> list[str]:
    if visit.value("general.authentication_strategy") != "reject_unknown":
        return []
    return [_("Unknown badges are rejected here: nobody charges until badges are added again.")]
