"""What somebody can ask the app for from everywhere: save, find, help, about, colours, log out."""

from __future__ import annotations

from textual import work

from core.errors import StationError
from screens import config_file, report_file
from screens.about import about_lines
from screens.console import Console, refusal_words
from screens.dialog import notice, question
from screens.find import targets
from screens.frame import Frame
from screens.keys_help import keys_help, log_in_help, wrapped
from screens.log_screen import LogScreen
from screens.pick_list import Pick, PickList
from screens.reset import erase_personal, restore_factory
from screens.restart import restart_station
from screens.saving import discard, review, save
from screens.texts import N_, _, ngettext

THEME_NAMES = {
    "evtty-dark": N_("Dark"),
    "evtty-light": N_("Light"),
    "evtty-contrast": N_("High contrast"),
    "evtty-plain": N_("Without colour"),
}


class Actions(Console, inherit_bindings=False):
    """The actions that keys, buttons and the find dialog share."""

    key_fingerprint = ""
    farewell = ""
    """What is left on the terminal when the session has ended."""

    @property
    def frame(self) -> Frame:
        bottom = self.screen_stack[0]
        if not isinstance(bottom, Frame):
            raise TypeError("the frame is the screen below all others")
        return bottom

    def action_redraw(self) -> None:
        self.refresh(repaint=True, layout=True)

    @work(group="asking", exclusive=True)
    async def action_save(self) -> None:
        await save(self)

    @work(group="asking", exclusive=True)
    async def action_save_and_restart(self) -> None:
        await save(self, restart=True)

    @work(group="asking", exclusive=True)
    async def action_restart(self) -> None:
        await restart_station(self)

    @work(group="asking", exclusive=True)
    async def action_restore_factory(self) -> None:
        await restore_factory(self)

    @work(group="asking", exclusive=True)
    async def action_erase_personal(self) -> None:
        await erase_personal(self)

    @work(group="asking", exclusive=True)
    async def action_review(self) -> None:
        await review(self)

    @work(group="asking", exclusive=True)
    async def action_discard(self) -> None:
        await discard(self)

    @work(group="asking", exclusive=True)
    async def action_export_report(self) -> None:
        await report_file.export(self)

    @work(group="asking", exclusive=True)
    async def action_export_config(self) -> None:
        await config_file.export(self)

    @work(group="asking", exclusive=True)
    async def action_import_config(self) -> None:
        await config_file.take_over(self)

    @work(group="asking", exclusive=True)
    async def action_log_out(self) -> None:
        text = [_("Leave the station as it is and end this session.")]
        if self.attached and len(self.visit.edits):
            count = len(self.visit.edits)
            lost = ngettext("{count} unsaved change is lost.", "{count} unsaved changes are lost.", count)
            text.append(lost.format(count=count))
        if self.attached and self.visit.badge_draft is not None:
            text.append(_("The badge that is being edited is not saved."))
        if await self.push_screen_wait(question(_("Log out?"), text, _("Log out"))) == "yes":
            await self.end("logged_out")

    async def end(self, reason: str) -> None:
        if self.attached:
            try:
                await self.visit.station.log_out()
            except StationError as refusal:
                self.log.warning(refusal_words(refusal))
        self.exit(reason)

    @work(group="asking", exclusive=True)
    async def action_help(self) -> None:
        """Help of what has the focus, else of the page; keys below."""
        if len(self.screen_stack) > 1 or not self.attached or self.frame.page is None:
            if len(self.screen_stack) == 2 and not self.attached:
                await self.push_screen_wait(notice(_("Help"), log_in_help()))
            return
        lines = [*wrapped(self.frame.page.help_lines()), "", *keys_help()]
        await self.push_screen_wait(notice(_("Help"), lines))

    @work(group="asking", exclusive=True)
    async def action_find(self) -> None:
        if len(self.screen_stack) > 1 or not self.attached:
            return
        found = await self.push_screen_wait(
            PickList(_("Find a setting or an action"), targets(self.frame.tabs, self.visit))
        )
        if not found:
            return
        kind, tab, sub_tab, name = found.split("|", 3)
        if kind == "page":
            self.open_page(tab, sub_tab, key=name)
        else:
            await self.run_action(name)

    @work(group="asking", exclusive=True)
    async def action_about(self) -> None:
        await self.push_screen_wait(notice(_("About"), about_lines(self.visit, self.key_fingerprint)))

    @work(group="asking", exclusive=True)
    async def action_show_log(self) -> None:
        if len(self.screen_stack) == 1 and self.attached:
            await self.push_screen_wait(LogScreen())

    @work(group="asking", exclusive=True)
    async def action_theme(self) -> None:
        """Choose among the colour themes that this terminal can show."""
        names = [Pick(value=name, words=_(THEME_NAMES.get(name, name))) for name in self.terminal.themes]
        chosen = await self.push_screen_wait(PickList(_("Colours"), names, current=self.theme))
        if chosen:
            self.theme = chosen
