"""What is known of the publication, in sentences; for screens and commands alike."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core.values.publication import FailedTry, PublicationStatus, SentParcel
from screens.texts import N_, _
from screens.times import day_and_minute

FREQUENCIES = {"daily": N_("daily"), "weekly": N_("weekly"), "monthly": N_("monthly")}


def records_words(first: int, last: int) -> str:
    """`record 7`, `records 1 to 3`."""
    if first == last:
        return _("record {number}").format(number=first)
    return _("records {first} to {last}").format(first=first, last=last)


def result_lines(status: PublicationStatus, zone: ZoneInfo) -> list[str]:
    """What was published last, what failed, what comes next."""
    lines = [_last_line(status.last_sent, zone)]
    if status.failed is not None:
        lines += failed_lines(status.failed, status, zone)
    lines.append(_next_line(status, zone))
    return lines


def failed_lines(failed: FailedTry, status: PublicationStatus, zone: ZoneInfo) -> list[str]:
    """A file that could not be sent: when, where it stopped, and what becomes of it."""
    words = _("Failed {time}, try {tries}: {records}.").format(
        time=day_and_minute(failed.time, zone),
        tries=failed.tries,
        records=records_words(failed.first, failed.last),
    )
    lines = [words]
    if failed.step:
        lines.append(f"{_(failed.step)}: {_(failed.said)}")
    if not failed.certain:
        lines.append(_("No answer came: it may be there already. The same file is sent again."))
    if status.retry is not None:
        again = _("Sent again at {time}.").format(time=f"{status.retry.astimezone(zone):%H:%M}")
        lines[0] = f"{lines[0]} {again}"
    return lines


def plain_warning(status: PublicationStatus) -> str:
    """That somebody on the way can read what is sent; "" where it is encrypted."""
    return "" if status.encrypted else _("Not encrypted: it can be read on the way.")


def _last_line(sent: SentParcel | None, zone: ZoneInfo) -> str:
    if sent is None:
        return _("Nothing is published yet.")
    return _("Last published {time}: {records}.").format(
        time=day_and_minute(sent.sent, zone), records=records_words(sent.first, sent.last)
    )


def _next_line(status: PublicationStatus, zone: ZoneInfo) -> str:
    waiting = _("Records that wait: {count}.").format(count=status.waiting)
    if status.sending:
        return f"{_('Sending now.')} {waiting}"
    if status.next is None:
        return f"{_('Disabled: nothing is sent by itself.')} {waiting}"
    soon = _("Next {time}, {frequency}.").format(
        time=day_and_minute(status.next, zone), frequency=_(FREQUENCIES[status.frequency])
    )
    return f"{soon} {waiting}"
