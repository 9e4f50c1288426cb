"""The bar above the badges while somebody learns at the reader."""

from __future__ import annotations

from collections.abc import Mapping

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from core.api import LearnedBadge, Learning
from core.values.badges import Learned
from screens.buttons import Button
from screens.cleaned import cleaned
from screens.console import console_of
from screens.rule import Rule
from screens.texts import N_, _

HEADS = {"add": N_("LEARNING: ADD"), "delete": N_("LEARNING: DELETE")}
RESULTS: dict[Learned, str] = {
    "added": N_("added"),
    "known": N_("known already"),
    "removed": N_("removed"),
    "unknown": N_("not in the register"),
    "full": N_("not added: the register is full"),
}
ENDS = {
    "stopped": N_("Learning was stopped."),
    "time": N_("Learning has ended: no badge came for a while."),
    "session": N_("Learning has ended with the session of who learned."),
}


class LearningBar(Vertical):
    """Shown while learning runs, whoever learns; counts the seconds that are left."""

    class Due(Message):
        """How learning stands must be asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.learning: Learning | None = None
        self._ends_at = 0.0

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            yield Static(id="learning-head")
            yield Button(_("Stop"), "stop")
        yield Static(id="learning-last")
        yield Rule()

    def on_mount(self) -> None:
        self.display = False
        self.set_interval(1.0, self.second_passed)

    @property
    def is_running(self) -> bool:
        return self.learning is not None and self.learning.running

    @property
    def is_mine(self) -> bool:
        """Whether this session learns now."""
        learning = self.learning
        return (
            learning is not None and learning.running and learning.session == console_of(self).visit.person.id
        )

    @property
    def seconds_left(self) -> int:
        return max(0, round(self._ends_at - console_of(self).elapsed()))

    @property
    def results(self) -> Mapping[str, Learned]:
        """What the latest badges turned out to be, by identifier."""
        return {each.uid: each.result for each in self.learning.latest} if self.learning else {}

    def take(self, learning: Learning | None) -> None:
        """Show how learning stands; tell when it has ended."""
        console = console_of(self)
        before, self.learning = self.learning, learning
        if learning is None:
            return
        self._ends_at = console.elapsed() + learning.seconds_left
        if before is not None and before.running and not learning.running:
            console.tell(end_words(learning))
        self.draw()

    @work(group="learning", exclusive=True)
    async def stop(self) -> None:
        console = console_of(self)
        if await console.attempt(console.visit.station.learn_stop()) is not None:
            self.post_message(self.Due())

    def second_passed(self) -> None:
        if not self.is_running:
            return
        if self.seconds_left:
            self.draw()
        else:
            self.post_message(self.Due())

    def draw(self) -> None:
        learning = self.learning
        self.display = learning is not None and learning.running
        if learning is None or not learning.running:
            return
        self.query_one(Button).display = self.is_mine
        who = _("by {who}.").format(who=who_learns(learning))
        what = _("Present badges to the reader.") if self.is_mine else who
        left = _("Stops in {seconds} s").format(seconds=self.seconds_left)
        head = Content.assemble(
            Content.styled(f" {_(HEADS[learning.mode])}", "bold $accent"), f"   {what}   {left}"
        )
        self.query_one("#learning-head", Static).update(head, layout=False)
        last = [last_words(learning.latest[-1])] if learning.latest else []
        says = ", ".join([count_words(learning), *last])
        self.query_one("#learning-last", Static).update(Content(f" {says}"), layout=False)


def who_learns(learning: Learning) -> str:
    """`admin, ssh 10.1.4.9`."""
    if learning.account == learning.origin:
        return learning.account
    return cleaned(f"{learning.account}, {learning.origin}")


def count_words(learning: Learning) -> str:
    """`Added 2, already known 1`."""
    if learning.mode == "add":
        return _("Added {added}, already known {known}").format(added=learning.added, known=learning.known)
    return _("Removed {removed}, not in the register {unknown}").format(
        removed=learning.removed, unknown=learning.unknown
    )


def last_words(last: LearnedBadge) -> str:
    """`last E1EB1C02 known already (User, Fleet van 3)`."""
    says = _("last {uid} {result}").format(uid=cleaned(last.uid), result=_(RESULTS[last.result]))
    return f"{says} ({cleaned(last.comment)})" if last.comment else says


def end_words(learning: Learning) -> str:
    """What the end of a learning says."""
    return f"{_(ENDS.get(learning.ended, ''))} {count_words(learning)}.".strip()
