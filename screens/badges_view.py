"""The register of badges to look at: its list, what is found, how it is sorted and what is marked."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from core.api import AnyEvent, BadgeOrder, BadgeQuery, BadgeSelection
from core.events import BadgesChanged, LearningChanged
from screens.badge_actions import Chosen
from screens.badge_lines import table_head
from screens.badge_list import CHUNK, BadgeList
from screens.buttons import Button
from screens.find_field import FindField
from screens.learning_bar import LearningBar
from screens.lines import Lines
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

    def compose(self) -> ComposeResult:
        yield LearningBar()
        with Horizontal(classes="line"):
            yield Static(Content(_(" Find: [")), classes="auto")
            yield FindField(max_length=50)
            yield Static(Content("]"), classes="auto")
            yield Static(id="count")
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
            yield Static(Content(_(" The whole list as a file:")), classes="auto")
            for action, label in FILE_BUTTONS:
                yield Button(_(label), action, classes="looking")

    def on_mount(self) -> None:
        self.badges.focus()

    async def opened(self) -> None:
        await self._read_chunks([0], anew=True)

    @property
    def badges(self) -> BadgeList:
        return self.query_one(BadgeList)

    def first_focus(self) -> Lines:
        return self.badges

    def on_resize(self) -> None:
        self.draw()

    # ------------------------------------------------------------ reading

    def refresh_now(self) -> None:
        self.read()
        self.query_one(LearningBar).read()

    def announced(self, fact: AnyEvent) -> None:
        if isinstance(fact, BadgesChanged):
            self.read()
        elif isinstance(fact, LearningChanged):
            self.query_one(LearningBar).read()

    def on_learning_bar_came(self, message: LearningBar.Came) -> None:
        self.badges.results = message.results
        self.badges.refresh()

    @work(group="badges", exclusive=True)
    async def read(self) -> None:
        """Read what is in view, anew."""
        before = self.total
        await self._read_chunks(self.badges.chunks_in_view(), anew=True)
        learning = self.query_one(LearningBar)
        if learning.is_mine and before < self.total and self.sort == "number":
            self.badges.follow()
            self.call_next(self.read_missing)

    @work(group="badges", exclusive=True)
    async def read_missing(self) -> None:
        await self._read_chunks(self.badges.missing(), anew=False)

    async def _read_chunks(self, chunks: list[int], *, anew: bool) -> None:
        answers = {}
        for chunk in chunks:
            query = BadgeQuery(
                find=self.find,
                sort=self.sort,
                descending=self.sort == "last_use",
                offset=chunk * CHUNK,
                limit=CHUNK,
            )
            page = await self.console.attempt(self.visit.station.badges(query))
            if page is None:
                return
            answers[chunk] = page
            self.total = page.total
        self.badges.empty = _("No badge is found.") if self.total else _(NO_BADGE)
        self.badges.take(answers, anew=anew)
        self.draw()
        if self.badges.missing():
            self.read_missing()

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
        self._from_the_top()
        if message.entered:
            self.badges.focus()

    def action_sort(self) -> None:
        orders = tuple(SORTS)
        self.sort = orders[(orders.index(self.sort) + 1) % len(orders)]
        self._from_the_top()
        self.badges.focus()

    def _from_the_top(self) -> None:
        self.badges.unmark()
        self.badges.cursor = self.badges.top = 0
        self.read()

    def action_mark(self) -> None:
        if self.badges.all_marked:
            self.console.tell(_("All that are found are marked; m takes the marks away."))
            return
        self.badges.mark()
        self.draw()

    def action_mark_more(self) -> None:
        self.badges.mark_more()
        self.draw()

    def chosen(self) -> Chosen | None:
        """What is marked, else the badge of the cursor."""
        marked = self.badges
        if marked.all_marked and marked.found:
            selection = BadgeSelection(found=self.find, expected=marked.found)
            return Chosen(selection, marked.found, marked.in_view)
        if marked.marked:
            named = [badge for badge in marked.in_view if badge.uid in marked.marked]
            return Chosen(BadgeSelection(uids=tuple(sorted(marked.marked))), len(marked.marked), named)
        here = marked.here
        return Chosen(BadgeSelection(uids=(here.uid,)), 1, (here,)) if here is not None else None
