"""The register of badges to look at: its list, what is found, how it is sorted and what is marked."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from core.api import AnyEvent, BadgeOrder, BadgePage, BadgeQuery, BadgeSelection, Learning
from core.events import BadgesChanged, LearningChanged
from screens.badge_actions import Chosen
from screens.badge_lines import table_head
from screens.badge_list import CHUNK, BadgeList
from screens.buttons import Button
from screens.find_field import FindBar, FindField
from screens.learning_bar import LearningBar
from screens.page import Page
from screens.rule import Rule
from screens.texts import N_, _, ngettext

SORTS: dict[BadgeOrder, str] = {
    "number": N_("by number"),
    "uid": N_("by identifier"),
    "type": N_("by type"),
    "comment": N_("by comment"),
    "last_use": N_("last used first"),
}
BUTTONS = (
    ("learn", N_("Learn")),
    ("add", N_("Add")),
    ("edit", N_("Edit")),
    ("set_type", N_("Set type")),
    ("remove", N_("Remove")),
    ("remove_all", N_("Remove all")),
)
FILE_BUTTONS = (("export", N_("Export")), ("take_over", N_("Import")))

NO_BADGE = N_("No badge is registered. a adds one; l learns those that are presented.")


class Register(Vertical):
    """The list, and over it the line that is edited."""

    class Resized(Message):
        """Another number of lines is in view."""

    def on_resize(self) -> None:
        self.call_after_refresh(self.post_message, self.Resized())


class BadgesView(Page):
    """Only what is in view is read, so that ten thousand badges open as fast as ten."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("s", "find"),
        ("o", "sort"),
        ("space", "mark"),
        ("m", "mark_more"),
    ]

    def __init__(self, tab: str, sub_tab: str) -> None:
        super().__init__(tab, sub_tab)
        self.find = ""
        self.sort: BadgeOrder = "number"
        self.total = 0
        self._outdated = True

    def compose(self) -> ComposeResult:
        yield LearningBar()
        yield FindBar(max_length=50)
        yield Static(id="head")
        with Register(id="register"):
            yield BadgeList(below=self.say_below)
        yield Rule()
        with Horizontal(classes="line", id="badge-bar"):
            yield Static(id="marked")
            for action, label in BUTTONS:
                yield Button(_(label), action, classes="looking")
            yield Button(_("Save"), "save_badge", classes="editing")
            yield Button(_("Cancel"), "cancel", classes="editing")
        with Horizontal(classes="line", id="files"):
            yield Static(Content(_(" The whole list as a file:")), classes="auto looking")
            for action, label in FILE_BUTTONS:
                yield Button(_(label), action, classes="looking")

    def on_mount(self) -> None:
        self.badges.focus()

    async def opened(self) -> None:
        await self._read([self.badges.cursor // CHUNK])

    @property
    def badges(self) -> BadgeList:
        return self.query_one(BadgeList)

    def first_focus(self) -> Widget:
        return self.badges

    def on_resize(self) -> None:
        self.draw()

    # ------------------------------------------------------------ reading

    def refresh_now(self) -> None:
        self.read()

    def announced(self, fact: AnyEvent) -> None:
        if isinstance(fact, BadgesChanged | LearningChanged):
            self.read()

    def on_learning_bar_due(self) -> None:
        self.read()

    def read(self) -> None:
        """Read what is in view, and how learning stands, anew."""
        self._outdated = True
        self.read_missing()

    async def read_now(self) -> None:
        """As `read`, and wait until it is shown."""
        self._outdated = True
        await self._read(self.badges.chunks_in_view())

    @work(group="badges", exclusive=True)
    async def read_missing(self) -> None:
        """Read what is in view and not there; anew, what was said to have changed."""
        if not self.display:
            return
        await self._read(self.badges.chunks_in_view() if self._outdated else self.badges.missing())

    async def _read(self, chunks: list[int]) -> None:
        """All is shown at once: a badge that was learned changes the list and the bar above it."""
        anew = self._outdated
        pages = await self.console.attempt(self._pages(chunks))
        if pages is None:
            return
        learning = await self.console.attempt(self.visit.station.learning()) if anew else None
        if not self.display:  # A page that is being left loses its children before it ends.
            return
        with self.app.batch_update():
            self._outdated = self._outdated and not anew
            self._take(pages, learning, anew=anew)
        if self.badges.missing():
            self.read_missing()

    async def _pages(self, chunks: list[int]) -> dict[int, BadgePage]:
        return {chunk: await self.visit.station.badges(self._query(chunk)) for chunk in chunks}

    def _query(self, chunk: int) -> BadgeQuery:
        return BadgeQuery(
            find=self.find,
            sort=self.sort,
            descending=self.sort == "last_use",
            offset=chunk * CHUNK,
            limit=CHUNK,
        )

    def _take(self, pages: dict[int, BadgePage], learning: Learning | None, *, anew: bool) -> None:
        before = self.total
        for page in pages.values():
            self.total = page.total
        self.badges.empty = _("No badge is found.") if self.total else _(NO_BADGE)
        bar = self.query_one(LearningBar)
        if anew:
            bar.take(learning)
        if bar.is_running:
            self.badges.results = bar.results
        self.badges.take(pages, anew=anew)
        if bar.is_mine and before < self.total and self.sort == "number":
            self.badges.follow()
        self.draw()

    # ------------------------------------------------------------ drawing

    def draw(self) -> None:
        """Draw what stands around the list."""
        if not self.size.width or self.badges.found is None:
            return
        self.query_one("#head", Static).update(
            Content.styled(table_head(self.size.width - 1), "bold"), layout=False
        )
        self.query_one("#count", Static).update(Content(f"  {self.count_words()}"), layout=False)
        marked = self.badges.marked_count
        says = ngettext("{count} marked", "{count} marked", marked).format(count=marked) if marked else ""
        self.query_one("#marked", Static).update(Content(f" {says}"), layout=False)

    def count_words(self) -> str:
        sorted_by = _(SORTS[self.sort])
        if self.find:
            return _("{found} of {total} badges found, {sorted}").format(
                found=self.badges.found, total=self.total, sorted=sorted_by
            )
        says = ngettext("{count} badge, {sorted}", "{count} badges, {sorted}", self.total)
        return says.format(count=self.total, sorted=sorted_by)

    def on_lines_moved(self) -> None:
        if self.badges.missing():
            self.read_missing()

    # ------------------------------------------------------------ find, sort, mark

    def action_find(self) -> None:
        self.query_one(FindField).focus()

    def on_find_field_wanted(self, message: FindField.Wanted) -> None:
        self.find = message.text
        self.badges.unmark()
        self._from_the_top()
        if message.entered:
            self.badges.focus()

    def action_sort(self) -> None:
        orders = tuple(SORTS)
        self.sort = orders[(orders.index(self.sort) + 1) % len(orders)]
        self._from_the_top()
        self.badges.focus()

    def _from_the_top(self) -> None:
        self.badges.cursor = self.badges.top = 0
        self.read()

    def action_mark(self) -> None:
        self.badges.mark()
        self.draw()

    def action_mark_more(self) -> None:
        self.badges.mark_more()
        self.draw()

    def chosen(self) -> Chosen | None:
        """What is marked, else the badge of the cursor."""
        marked = self.badges
        named = [badge for badge in marked.in_view if marked.is_marked(badge)]
        count = marked.marked_count
        if count and marked.all_marked:
            besides = tuple(sorted(marked.besides))
            return Chosen(BadgeSelection(found=self.find, besides=besides, expected=count), count, named)
        if count:
            return Chosen(BadgeSelection(uids=tuple(sorted(marked.marked))), count, named)
        here = marked.here
        return Chosen(BadgeSelection(uids=(here.uid,)), 1, (here,)) if here is not None else None
