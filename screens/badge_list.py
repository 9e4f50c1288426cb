"""The list of badges: only the part in view is asked for, however many there are."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from core.api import Badge, BadgePage
from core.values.badges import Learned
from screens.badge_lines import TAGS, badge_line
from screens.console import console_of
from screens.lines import Lines
from screens.texts import _

CHUNK = 100
"""Badges that are asked for at once."""


class BadgeList(Lines):
    """Lines whose badges come in chunks; a line whose badge is not there yet is empty."""

    found: int | None = None
    """How many badges there are to be shown; None before the first answer."""
    all_marked = False
    """Whether all that are found are marked, but for `besides`."""
    empty = ""
    """What is said instead of badges while there are none to be shown."""

    def on_mount(self) -> None:
        self.marked: set[str] = set()
        self.besides: set[str] = set()
        self.results: Mapping[str, Learned] = {}
        self._chunks: dict[int, tuple[Badge, ...]] = {}

    @property
    def count(self) -> int:
        return 0 if self.found is None else max(1, self.found)

    def line(self, index: int) -> Content:
        if not self.found:
            return Content(f"  {self.empty}")
        badge = self.badge(index)
        if badge is None:
            return Content("")
        console = console_of(self)
        result = self.results.get(badge.uid)
        tag = TAGS.get(result, "") if result else ""
        return Content(
            badge_line(
                badge,
                self.size.width - 1,
                console.visit.zone,
                marked=self.is_marked(badge),
                tag=_(tag),
                ascii_only=console.terminal.ascii,
            )
        )

    def badge(self, index: int) -> Badge | None:
        """The badge of a line; None while it is not there."""
        chunk = self._chunks.get(index // CHUNK, ())
        place = index % CHUNK
        return chunk[place] if place < len(chunk) else None

    @property
    def here(self) -> Badge | None:
        return self.badge(self.cursor)

    @property
    def in_view(self) -> list[Badge]:
        badges = (self.badge(index) for index in range(self.top, self.top + max(1, self.size.height)))
        return [badge for badge in badges if badge is not None]

    def chunks_in_view(self) -> list[int]:
        """The chunks that the view needs, with the next page below it."""
        last = max(0, min(self.count, self.top + 2 * max(1, self.size.height)) - 1)
        return list(range(self.top // CHUNK, last // CHUNK + 1))

    def missing(self) -> list[int]:
        return [chunk for chunk in self.chunks_in_view() if chunk not in self._chunks]

    def take(self, answers: Mapping[int, BadgePage], *, anew: bool) -> None:
        """Show these chunks; `anew` forgets all others."""
        if anew:
            self._chunks = {}
        for chunk, page in answers.items():
            self._chunks[chunk] = page.badges
            self.found = page.found
        self.show(())

    def follow(self) -> None:
        """Go to the last badge: it is the newest."""
        self.cursor = max(0, self.count - 1)
        self.show(())

    def mark(self) -> None:
        """Mark the badge of the cursor, or take its mark away."""
        badge = self.here
        if badge is not None and self.all_marked:
            self.besides ^= {badge.uid}
        elif badge is not None:
            self.marked ^= {badge.uid}
        self.refresh()

    def is_marked(self, badge: Badge) -> bool:
        return badge.uid not in self.besides if self.all_marked else badge.uid in self.marked

    def mark_more(self) -> None:
        """Mark this page; then all that are found; then none."""
        page = {badge.uid for badge in self.in_view}
        if self.all_marked or len(self.marked) == self.found:
            self.unmark()
        elif page <= self.marked:
            self.marked, self.besides, self.all_marked = set(), set(), True
        else:
            self.marked |= page
        self.refresh()

    def unmark(self) -> None:
        self.marked, self.besides, self.all_marked = set(), set(), False
        self.refresh()

    @property
    def marked_count(self) -> int:
        return (self.found or 0) - len(self.besides) if self.all_marked else len(self.marked)
