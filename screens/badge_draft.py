"""What somebody has typed into the line of a badge and not saved yet; it stays while they look elsewhere."""

from __future__ import annotations

import msgspec

from core.api import Badge, BadgeOrder, BadgeType


class BadgeDraft(msgspec.Struct, frozen=True, kw_only=True):
    """The entry of `badge` as it was typed; of a new one where `badge` is None."""

    badge: Badge | None
    uid: str
    kind: BadgeType
    comment: str

    @property
    def is_changed(self) -> bool:
        """Whether leaving it would lose something."""
        if self.badge is None:
            return bool(self.uid or self.comment)
        return (self.kind, self.comment) != (self.badge.type, self.badge.comment)


class KeptDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A changed draft, the `tab` and `sub_tab` of its page, and how the list stood under it."""

    tab: str
    sub_tab: str
    draft: BadgeDraft
    find: str
    sort: BadgeOrder
    cursor: int
