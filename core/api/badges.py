"""The part of the seam that is about badges: the register, its file, and learning."""

from __future__ import annotations

from typing import Protocol

from core.values.badges import (
    LEARNING_SECONDS,
    Badge,
    BadgeImport,
    BadgePage,
    BadgeQuery,
    BadgeSelection,
    BadgeType,
    ImportMode,
    Learning,
    LearningMode,
)

ALL_BADGES = BadgeQuery()
"""The first thousand badges, by number."""


class BadgeStation(Protocol):
    """What `core.api.Station` has for badges."""

    async def badges(self, query: BadgeQuery = ALL_BADGES) -> BadgePage:
        """A page of the register of badges."""

    async def add_badge(self, uid: str, kind: BadgeType = "user", comment: str = "") -> Badge:
        """Enter a badge under the next number. Raises Invalid, Conflict for one that is there already."""

    async def set_badge(
        self,
        uid: str,
        *,
        kind: BadgeType | None = None,
        comment: str | None = None,
        seen: Badge | None = None,
    ) -> Badge:
        """Change what is not None. Raises Invalid, NotFound.

        `seen` is the badge that the edit started from; another type or comment since raises Conflict.
        """

    async def set_badges_type(self, selection: BadgeSelection, kind: BadgeType) -> int:
        """Give all of them this type; returns how many changed. Raises Invalid, NotFound, Conflict."""

    async def remove_badges(self, selection: BadgeSelection) -> int:
        """Remove them, all or none; returns how many. Raises Invalid, NotFound, Conflict."""

    async def clear_badges(self) -> int:
        """Remove every badge; returns how many there were."""

    async def export_badges(self) -> bytes:
        """The register as a sealed `.csv` file."""

    async def import_badges(
        self,
        file: bytes,
        *,
        mode: ImportMode = "replace",
        accept_edited: bool = False,
        dry_run: bool = False,
    ) -> BadgeImport:
        """Take over a `.csv` file, all or nothing; a dry run only says what would come of it.

        Raises Invalid with every faulty line, or for an edited file without `accept_edited`.
        """

    async def learn_start(self, mode: LearningMode, seconds: int = LEARNING_SECONDS) -> Learning:
        """Learn at the reader until nobody has presented a badge for so many seconds (5..600).

        Badges that are presented do not charge meanwhile. Raises Busy with who learns already.
        """

    async def learn_stop(self) -> Learning | None:
        """End this session's learning; Busy while it is somebody else's. Returns the last one."""

    async def learning(self) -> Learning | None:
        """The learning that runs, or the last one; None when nobody has learned since the start."""
