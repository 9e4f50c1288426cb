"""What the station has to say to its central system: topics, each with its next message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from core.ocpp.frames import Payload


@dataclass(frozen=True, kw_only=True)
class Saying:
    """A call to make; `id` where it is the same message however often it is sent, else "".

    `answered` hears what the central system says to it; `failed` that it came to nothing although the link is
    there: the code of its refusal, or "" where no answer came in time.
    """

    action: str
    payload: Payload
    answered: Callable[[Payload], Awaitable[None]]
    failed: Callable[[str], Awaitable[None]]
    id: str = ""


class Topic(Protocol):
    """One kind of thing to say."""

    async def next(self, *, accepted: bool) -> Saying | None:
        """The call to make now, if any; until the station is `accepted`, only what may be said before."""


def written_time(moment: datetime) -> str:
    """A moment as OCPP has it (ISO 8601, UTC)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_time(text: str) -> datetime:
    """The moment that a central system means; without a zone it is UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
