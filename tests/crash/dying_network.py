"""Core that dies while the network is changed: `python -m tests.crash.dying_network MOMENT OPTIONS`.

Moments, in the order of a change: before and after its mark is on the disk (`unmarked`, `marked`), with the
old addresses taken away and the new ones not given (`half`), in force (`applied`); then of its confirmation:
before and after it is saved (`unsaved`, `saved`).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from core.__main__ import main
from core.network import iproute, running
from core.network.addressing import Addressing
from core.network.iproute import IpNetwork
from core.network.marker import Marker
from core.saving import Saving
from core.values.settings import ChangeOutcome
from tests.crash.dying_core import die

MOMENTS = ("unmarked", "marked", "half", "applied", "unsaved", "saved")


def arm(moment: str, new: str) -> None:
    """Let the process die at this moment of the change to the address `new`."""
    mark, apply, run, save = Marker.set, IpNetwork.apply, running.run, Saving.save

    def dying_mark(self: Marker, said: str) -> None:
        if moment == "unmarked":
            die()
        mark(self, said)
        if moment == "marked":
            die()

    async def dying_run(*command: str, given: str = "", failing_is_fine: bool = False) -> str:
        if moment == "half" and f"replace {new}/" in given:
            given = given[: given.index("addr replace")]
            await run(*command, given=given, failing_is_fine=True)
            die()
        return await run(*command, given=given, failing_is_fine=failing_is_fine)

    async def dying_apply(self: IpNetwork, wanted: Addressing) -> None:
        await apply(self, wanted)
        if moment == "applied" and wanted.station == new:
            die()

    async def dying_save(self: Saving, changes: Mapping[str, Any], **how: Any) -> ChangeOutcome:
        if moment == "unsaved" and "network.ip_address" in changes:
            die()
        outcome = await save(self, changes, **how)
        if moment == "saved" and "network.ip_address" in changes:
            die()
        return outcome

    Marker.set = dying_mark  # type: ignore[method-assign]
    IpNetwork.apply = dying_apply  # type: ignore[method-assign]
    vars(iproute)["run"] = dying_run
    Saving.save = dying_save  # type: ignore[method-assign]


if __name__ == "__main__":
    arm(sys.argv[1], sys.argv[2])
    raise SystemExit(main(sys.argv[3:]))
