"""The link as the screens show it."""

from __future__ import annotations

from core.ocpp.linked import Linked
from core.ocpp.seen import Seen
from core.ocpp.target import PROTOCOL, read_targets
from core.settings.store import Settings
from core.values.publication import ConnectionTest
from core.values.supervision import SupervisionStatus


def status_of(
    settings: Settings, linked: Linked, seen: Seen, test: ConnectionTest | None, *, waiting: int
) -> SupervisionStatus:
    """How it is now; `waiting` facts of charges are still to be told, `test` is the last one."""
    wanted = read_targets(settings)
    if not wanted:
        return SupervisionStatus(protocol="none", state="off", messages=seen.newest(), test=test)
    # Until the first of them is tried, that one is shown.
    url, server = (linked.url, linked.server) if linked.url else (wanted[0].url, wanted[0].which)
    return SupervisionStatus(
        protocol=settings.text(PROTOCOL),
        state=linked.state,
        url=url,
        server=server,
        encrypted=url.startswith("wss:"),
        heard=linked.wall(linked.heard_at),
        retry=linked.wall(linked.retry_at),
        step=linked.step,
        said=linked.said,
        clock_offset_s=linked.clock_offset,
        waiting=waiting,
        messages=seen.newest(),
        test=test,
    )
