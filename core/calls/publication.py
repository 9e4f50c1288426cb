"""The calls on publication: what is known of it, publishing now, testing the connection."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from core.access import may, origin_text
from core.api import ConnectionTest, PublicationStatus, PublishOutcome
from core.audit import Note
from core.caller import Caller, finished
from core.values.setting import Value


class PublicationCalls(Caller):
    """The part of `api.Station` that is about publication."""

    async def publication(self) -> PublicationStatus:
        self._may("publication")
        status = await self._parts.publication.status()
        return status if may(self._actor.account, "publish") else _without_the_way(status)

    async def publish_now(self) -> PublishOutcome:
        self._may_change("publish")
        actor = self._actor
        note = Note(
            kind="audit",
            action="publication_asked",
            account=actor.account,
            origin=origin_text(actor.origin),
        )
        return await finished(self._parts.publication.publish_now(note))

    async def test_publication(self, changes: Mapping[str, Value] | None = None) -> ConnectionTest:
        self._may_change("publish")
        return await self._parts.publication.test(changes or {}, self._actor.account)


def _without_the_way(status: PublicationStatus) -> PublicationStatus:
    """The status for an account that may not read how the server is reached: servers quote such things."""
    failed = status.failed
    if failed is not None:
        failed = msgspec.structs.replace(failed, step="", said="")
    return msgspec.structs.replace(status, failed=failed, test=None)
