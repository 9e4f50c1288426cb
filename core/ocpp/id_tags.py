"""What the central system says of an id tag (IdTagInfo), in the station's words."""

from __future__ import annotations

from collections.abc import Mapping

from core.badges.verdict import Verdict, VerdictStatus
from core.ocpp.frames import Payload
from core.ocpp.topic import read_time

STATUSES: Mapping[str, VerdictStatus] = {
    "Accepted": "accepted",
    "Blocked": "blocked",
    "Expired": "expired",
    "Invalid": "invalid",
    "ConcurrentTx": "concurrent_tx",
}


def read_verdict(info: Payload) -> Verdict:
    """The verdict; an expiry date that means nothing is none."""
    try:
        until = read_time(info["expiryDate"]) if "expiryDate" in info else None
    except ValueError:
        until = None
    return Verdict(status=STATUSES[info["status"]], parent=info.get("parentIdTag", ""), until=until)
