"""What is known of the link to the supervision, in sentences; for screens and commands alike."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core.values.supervision import SeenMessage, SupervisionStatus
from screens.texts import N_, _

STATES = {
    "off": N_("Supervision is off."),
    "connecting": N_("Connecting ..."),
    "waiting": N_("Not connected."),
    "booting": N_("Connected, registering ..."),
    "pending": N_("Connected, not accepted yet."),
    "rejected": N_("Refused by the central system."),
    "connected": N_("Connected."),
}
SERVERS = {"primary": N_("Primary server"), "secondary": N_("Secondary server")}
KINDS = {
    "call": N_("call"),
    "result": N_("answer"),
    "error": N_("error"),
    "malformed": N_("not understood"),
}
NOTABLE_OFFSET_S = 10.0


def link_lines(status: SupervisionStatus, zone: ZoneInfo) -> list[str]:
    """The state of the link, its address, and what stands in the way of it."""
    lines = [_state_line(status, zone)]
    if status.url:
        lines.append(f"{_(SERVERS[status.server])}: {status.url}")
    if status.said:
        lines.append(f"{_(status.step)}: {_(status.said)}")
    if status.clock_offset_s is not None and abs(status.clock_offset_s) >= NOTABLE_OFFSET_S:
        lines.append(
            _("The clock of the central system differs by {seconds} s. The station keeps its own.").format(
                seconds=round(status.clock_offset_s)
            )
        )
    return lines


def _state_line(status: SupervisionStatus, zone: ZoneInfo) -> str:
    parts = [_(STATES[status.state])]
    if status.heard is not None:
        parts.append(_("Last heard {time}.").format(time=f"{status.heard.astimezone(zone):%H:%M:%S}"))
    if status.retry is not None:
        parts.append(_("Tried again at {time}.").format(time=f"{status.retry.astimezone(zone):%H:%M:%S}"))
    if status.waiting:
        parts.append(_("Messages of charges that wait: {count}.").format(count=status.waiting))
    return " ".join(parts)


def plain_warning(status: SupervisionStatus) -> str:
    """That somebody on the way can read and change what is said; "" where it is encrypted, or off."""
    is_plain = bool(status.url) and not status.encrypted
    return _("Not encrypted: anybody can read it.") if is_plain else ""


def message_line(message: SeenMessage, zone: ZoneInfo, longest_id: int | None = None) -> str:
    """A message with its way, kind, type and id, cut where asked; what it carries is not kept."""
    number = message.id
    if longest_id is not None and len(number) > longest_id:
        number = f"{number[: longest_id - 3]}..."
    way = "->" if message.way == "out" else "<-"
    kind = _(KINDS[message.kind])
    words = f"{message.time.astimezone(zone):%H:%M:%S} {way} {kind:8} {message.action} {message.said}"
    return f"{words.rstrip()}  {number}".rstrip()
