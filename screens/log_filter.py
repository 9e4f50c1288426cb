"""Which entries of the log somebody wants to see: what is looked for, kind, account and days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.api import LogQuery
from core.values.log import LogKind
from screens.texts import N_, _

KINDS: dict[LogKind | None, str] = {
    None: N_("all entries"),
    "audit": N_("what people did"),
    "event": N_("what happened by itself"),
}
ACCOUNTS: dict[str | None, str] = {
    None: N_("everybody"),
    "admin": N_("admin"),
    "user": N_("user"),
    "local": N_("on the machine"),
    "station": N_("the station"),
    "unknown": N_("not logged in"),
}


@dataclass(frozen=True, kw_only=True)
class LogFilter:
    """`first` and `last` are days of the station's zone, both included."""

    find: str = ""
    kind: LogKind | None = None
    account: str | None = None
    first: date | None = None
    last: date | None = None

    def query(
        self,
        zone: ZoneInfo,
        *,
        last: int,
        before: int | None = None,
        after: int | None = None,
        oldest: bool = False,
    ) -> LogQuery:
        """The question for a page of these entries."""
        end = None if self.last is None else self.last + timedelta(days=1)
        return LogQuery(
            last=last,
            oldest=oldest,
            before=before,
            after=after,
            find=self.find,
            kind=self.kind,
            account=self.account,
            since=None if self.first is None else datetime.combine(self.first, time(), zone),
            until=None if end is None else datetime.combine(end, time(), zone),
        )

    def next_kind(self) -> LogFilter:
        kinds = tuple(KINDS)
        return replace(self, kind=kinds[(kinds.index(self.kind) + 1) % len(kinds)])

    def next_account(self) -> LogFilter:
        accounts = tuple(ACCOUNTS)
        return replace(self, account=accounts[(accounts.index(self.account) + 1) % len(accounts)])

    @property
    def words(self) -> str:
        """The filter beside what is looked for."""
        parts = [_(KINDS[self.kind]), _(ACCOUNTS[self.account])]
        if self.first is not None:
            parts.append(_("from {day}").format(day=self.first))
        if self.last is not None:
            parts.append(_("to {day}").format(day=self.last))
        return ", ".join(parts)
