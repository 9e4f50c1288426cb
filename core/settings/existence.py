"""Whether a setting, a choice or a sub-tab exists on a station."""

from __future__ import annotations

from core.values.hardware import HardwareFacts, has_fact
from core.values.setting import Exists


def exists_on(exists: Exists, hardware: HardwareFacts) -> bool:
    """True when everything that `exists` names holds for this hardware."""
    return (
        hardware.family in exists.families
        and all(has_fact(hardware, fact) for fact in exists.needs)
        and not any(has_fact(hardware, fact) for fact in exists.lacks)
    )
