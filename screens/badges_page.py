"""The register of badges: edit, add, type, remove and learn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens import badge_actions, badge_files
from screens.badge_draft import BadgeDraft, KeptDraft
from screens.badge_editor import BadgeEditor
from screens.badges_view import BadgesView, Register
from screens.buttons import Button
from screens.find_field import FindField
from screens.learning_bar import LearningBar
from screens.text_edit import TextEdit
from screens.texts import N_, _

OF_THE_LIST = frozenset(
    {
        "add",
        "edit",
        "set_type",
        "remove",
        "learn",
        "mark",
        "mark_more",
        "sort",
        "find",
        "export",
        "take_over",
    }
)
EDITING = N_("Tab Next  Space Change type  Enter Save  Esc Cancel")


class BadgesPage(BadgesView):
    """Who may charge here."""

    hints = N_("Space Mark  m More  e Edit  t Type  r Remove  l Learn  s Find  o Sort  ? Help")
    about = N_(
        "The badges that this station knows. A User badge charges; an Admin badge adds and removes "
        "badges at the reader and stops any charge, but does not charge itself. Space marks a badge; m "
        "marks this page, then all that are found, then none. What is marked, else the badge of the "
        "cursor, is given a type or removed. Find looks in identifiers and comments. Learn adds or "
        "deletes the badges that are presented to the reader. x sends the list as a file, i fetches one "
        "and shows what it would change."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        ("a", "add"),
        ("e", "edit"),
        ("t", "set_type"),
        ("r", "remove"),
        ("l", "learn"),
        ("x", "export"),
        ("i", "take_over"),
    ]

    def on_mount(self) -> None:
        self._show_buttons(editing=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a line is edited, the letters of the list do nothing."""
        return super().check_action(action, parameters) and not (action in OF_THE_LIST and self.editor)

    async def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        actions: dict[str, Callable[[], object]] = {
            "learn": self.action_learn,
            "stop": self.stop_learning,
            "add": self.action_add,
            "edit": self.action_edit,
            "set_type": self.action_set_type,
            "remove": self.action_remove,
            "remove_all": self.remove_all,
            "export": self.action_export,
            "take_over": self.action_take_over,
            "save_badge": self.save,
            "cancel": self.cancel,
        }
        doing = actions[message.action]()
        if isinstance(doing, Awaitable):
            await doing

    @work(group="asking", exclusive=True)
    async def action_set_type(self) -> None:
        chosen = self.chosen()
        if chosen is not None and await badge_actions.set_type(self.console, chosen):
            self._changed()

    @work(group="asking", exclusive=True)
    async def action_remove(self) -> None:
        chosen = self.chosen()
        if chosen is not None and await badge_actions.remove(self.console, chosen):
            self._changed()

    @work(group="asking", exclusive=True)
    async def remove_all(self) -> None:
        if self.total and await badge_actions.remove_all(self.console, self.total):
            self._changed()

    @work(group="asking", exclusive=True)
    async def action_export(self) -> None:
        await badge_files.export(self.console)

    @work(group="asking", exclusive=True)
    async def action_take_over(self) -> None:
        if await badge_files.take_over(self.console):
            self._changed()

    def _changed(self) -> None:
        self.badges.unmark()
        self.read()

    @work(group="asking", exclusive=True)
    async def action_learn(self) -> None:
        bar = self.query_one(LearningBar)
        if bar.is_mine:
            bar.stop()
        elif await badge_actions.learn(self.console) is not None:
            self.read()

    def stop_learning(self) -> None:
        self.query_one(LearningBar).stop()
        self.badges.focus()

    # ------------------------------------------------------------ in the line of a badge

    @property
    def editor(self) -> BadgeEditor | None:
        return next(iter(self.query(BadgeEditor)), None)

    async def action_add(self) -> None:
        await self._edit(BadgeDraft(badge=None, uid="", kind="user", comment=""))

    async def action_edit(self) -> None:
        badge = self.badges.here
        if badge is not None:
            await self._edit(BadgeDraft(badge=badge, uid=badge.uid, kind=badge.type, comment=badge.comment))

    async def on_lines_opened(self) -> None:
        await self.action_edit()

    async def _edit(self, draft: BadgeDraft) -> None:
        if self.editor is None:
            editor = BadgeEditor(draft, width=self.app.size.width - 1)
            self._place(editor)
            await self.query_one(Register).mount(editor)
            self._show_buttons(editing=True)

    async def opened(self) -> None:
        """A line that was being edited when the page was left is edited again."""
        kept = self.visit.badge_draft
        if kept is not None:
            self.find, self.sort, self.badges.cursor = kept.find, kept.sort, kept.cursor
            self.query_one(FindField).begin_with(kept.find)
            await self._edit(kept.draft)
            self.console.tell(_("This badge is not saved yet. Enter saves it, Esc gives the change up."))
        await super().opened()

    def first_focus(self) -> Widget:
        return self.editor.first_field if self.editor is not None else super().first_focus()

    def on_badge_editor_changed(self) -> None:
        """Keep what was typed, so that it is there when somebody comes back from another page."""
        if self.editor is not None:
            draft = self.editor.draft
            self._keep(draft if draft.is_changed else None)

    def _keep(self, draft: BadgeDraft | None) -> None:
        self.visit.badge_draft = None
        if draft is not None:
            self.visit.badge_draft = KeptDraft(
                tab=self.tab,
                sub_tab=self.sub_tab,
                draft=draft,
                find=self.find,
                sort=self.sort,
                cursor=self.badges.cursor,
            )

    def _place(self, editor: BadgeEditor) -> None:
        """Over the line of its badge; a new one below the last."""
        badges = self.badges
        line = badges.cursor - badges.top
        if editor.badge is None:
            line = min(badges.found or 0, badges.size.height - 1)
        editor.styles.offset = (0, line)

    def on_register_resized(self) -> None:
        if self.editor is not None:
            self._place(self.editor)
        if self.badges.missing():
            self.read_missing()

    def on_badge_editor_saved(self) -> None:
        self.save()

    async def on_badge_editor_left(self) -> None:
        await self.close_editor()

    @work(group="asking", exclusive=True)
    async def save(self) -> None:
        """Store what was entered; a refusal is told, and what was typed stays."""
        editor, station = self.editor, self.visit.station
        if editor is None:
            return
        draft = editor.draft
        if draft.badge is None:
            change = station.add_badge(draft.uid, draft.kind, draft.comment)
        else:
            change = station.set_badge(draft.uid, kind=draft.kind, comment=draft.comment, seen=draft.badge)
        badge = await self.console.attempt(change)
        if badge is not None:
            with self.app.batch_update():
                await self.close_editor()
                await self.read_now()
                self.console.tell(_("Badge {uid} is saved.").format(uid=badge.uid))

    def cancel(self) -> None:
        self.run_worker(self.close_editor(), group="asking")

    async def close_editor(self) -> None:
        """Give the line back to the list, and the focus with it."""
        if self.editor is not None:
            with self.app.batch_update():
                self._keep(None)
                await self.editor.remove()
                self._show_buttons(editing=False)
                self.badges.focus()

    def _show_buttons(self, *, editing: bool) -> None:
        for part in self.query(".looking, .editing"):
            part.display = part.has_class("editing") == editing
        self.badges.can_focus = not editing
        self.query_one("#find", TextEdit).can_focus = not editing
        self.hints = EDITING if editing else type(self).hints
        self.screen.query_one("#hints", Static).update(Content(f" {_(self.hints)}"), layout=False)
