"""What people are shown of the firmware and of a package."""

from __future__ import annotations

from typing import Literal

from core.firmware.incoming import Incoming
from core.firmware.package import Looked
from core.firmware.slots import Candidate, Slot, Slots, lowest_allowed
from core.values.firmware import (
    FirmwareOutcome,
    FirmwareState,
    FirmwareStatus,
    PackageView,
    WaitingFirmware,
)

Working = Literal["", "verifying", "writing"]
"""What is done to a package now."""


def package_view(looked: Looked) -> PackageView:
    """What is shown of a package before it is installed."""
    manifest = looked.manifest
    return PackageView(
        digest=looked.digest,
        version=manifest.version,
        families=manifest.families,
        minimum=manifest.minimum,
        parts={name: part.version for name, part in manifest.parts.items() if name != "notes"},
        notes=looked.notes,
        signer=looked.signer,
        size=looked.size,
    )


def status_of(
    slots: Slots,
    incoming: Incoming | None,
    *,
    version: str,
    running: Slot,
    trusted: tuple[str, ...],
    working: Working,
    far: float,
    restarts_when_free: bool,
) -> FirmwareStatus:
    """The status of a station that runs `version` from the slot `running`."""
    looked = None if incoming is None else incoming.looked
    return FirmwareStatus(
        version=version,
        slot=running,
        minimum=lowest_allowed(slots, version, running),
        trusted=trusted,
        state=_state(slots, incoming, working),
        far=far if working else 0.0,
        received=0 if incoming is None else incoming.size,
        package=None if looked is None else package_view(looked),
        waiting=_waiting(slots.trial or slots.waiting),
        restarts_when_free=restarts_when_free,
        outcome=_outcome(slots),
    )


def _state(slots: Slots, incoming: Incoming | None, working: Working) -> FirmwareState:
    if working:
        return working
    if slots.trial is not None:
        return "trial"
    if incoming is not None:
        return "receiving" if incoming.looked is None else "verified"
    return "idle" if slots.waiting is None else "waiting"


def _waiting(candidate: Candidate | None) -> WaitingFirmware | None:
    if candidate is None:
        return None
    return WaitingFirmware(version=candidate.version, account=candidate.account, since=candidate.since)


def _outcome(slots: Slots) -> FirmwareOutcome | None:
    last = slots.outcome
    if last is None:
        return None
    return FirmwareOutcome(
        version=last.version,
        result=last.result,
        reason=last.reason,
        account=last.account,
        source=last.source,
        at=last.at,
    )
