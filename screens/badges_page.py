"""The register of badges that may charge here."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from core.api import Badge
from screens.cleaned import cleaned, fitted
from screens.lines import Lines
from screens.page import Page
from screens.texts import N_, _, ngettext

TYPES = {"user": N_("User"), "vip": N_("VIP"), "admin": N_("Admin")}


def badge_line(badge: Badge, width: int, *, ascii_only: bool) -> str:
    uid = cleaned(badge.uid, ascii_only=ascii_only)
    head = f"{badge.number:>5}  {fitted(uid, 20)}  {fitted(_(TYPES[badge.type]), 5)}  "
    return head + fitted(cleaned(badge.comment, ascii_only=ascii_only), width - len(head))


class BadgesPage(Page):
    """Number, identifier, type and comment of every badge."""

    hints = N_("PgDn/n Next  PgUp/p Back  ^R Refresh  Esc Tabs  / Find  ? Help")
    about = N_(
        "The badges that this station knows, by number. A User badge charges; an Admin badge adds and "
        "removes badges at the reader and stops any charge, but does not charge itself."
    )

    def __init__(self, tab: str, sub_tab: str) -> None:
        super().__init__(tab, sub_tab)
        self.badges: tuple[Badge, ...] | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="head")
        yield Lines()

    def on_mount(self) -> None:
        self.query_one(Lines).focus()
        self.run_worker(self.read())

    def first_focus(self) -> Lines:
        return self.query_one(Lines)

    def refresh_now(self) -> None:
        self.run_worker(self.read())

    def on_resize(self) -> None:
        self.draw()

    async def read(self) -> None:
        page = await self.console.attempt(self.visit.station.badges())
        if page is not None:
            self.badges = page.badges
            self.draw()

    def draw(self) -> None:
        if self.badges is None or not self.size.width:
            return
        width = self.size.width - 1
        number = len(self.badges)
        count = ngettext("{count} badge", "{count} badges", number).format(count=number)
        head = f"{_('No'):>6}  {fitted(_('Identifier'), 20)}  {fitted(_('Type'), 5)}  {_('Comment')}"
        head = fitted(head, width - len(count) - 1) + count
        self.query_one("#head", Static).update(Content.styled(head, "bold"))
        ascii_only = self.console.terminal.ascii
        lines = [Content(badge_line(badge, width, ascii_only=ascii_only)) for badge in self.badges]
        self.query_one(Lines).show(lines or [Content(_("  No badge is registered."))])
