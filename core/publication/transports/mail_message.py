"""The e-mail that a parcel travels in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from core.publication.parcel import Parcel
from core.publication.transports.target import MailTarget

PIECE = 32 * 1024

# Seven bits: some mail servers still change what has eight.
POLICY = SMTP.clone(cte_type="7bit")

# Some receivers do not find a Message-ID that stands on a line of its own.
LONG_LINES = POLICY.clone(max_line_length=250)


def message_id(parcel: Parcel) -> str:
    """The same for every try to send a parcel, so that the receiver's mail system can tell."""
    station = re.sub(r"[^A-Za-z0-9]+", "-", parcel.station)[:60].strip("-") or "station"
    return f"<{parcel.name}@{station}.evtty.invalid>"


def one_line(text: str) -> str:
    """Text that may stand in a header: nothing that could begin another one."""
    return "".join(each if each.isprintable() else " " for each in text).strip()


def write_message(parcel: Parcel, target: MailTarget, sent: datetime) -> bytes:
    """The message as it goes over the wire, lines that begin with a dot doubled (RFC 5321, 4.5.2)."""
    message = EmailMessage(policy=POLICY)
    station, period = one_line(parcel.station), one_line(parcel.period)
    message["From"] = Address(display_name="", addr_spec=target.sender)
    message["To"] = [Address(addr_spec=each) for each in target.receivers]
    message["Subject"] = f"Charge records of {station}, {period}"
    message["Date"] = format_datetime(sent)
    message["Message-ID"] = message_id(parcel)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(
        f"Charge records {parcel.first} to {parcel.last} of the charging station {station}, {period}, "
        f"are in the attached file {one_line(parcel.name)}.\n\n"
        "The station sent this message by itself; nobody reads answers to it. Should the same file come "
        "a second time, the station did not learn that the first one had arrived: keep one of them.\n",
        cte="quoted-printable",
    )
    message.add_attachment(
        parcel.content,
        maintype="text",
        subtype="csv",
        filename=one_line(parcel.name),
        params={"charset": "utf-8"},
    )
    written = message.as_bytes(policy=LONG_LINES)
    return (b"\r\n" + written).replace(b"\r\n.", b"\r\n..")[2:]


def pieces(message: bytes) -> Iterator[bytes]:
    """The message in pieces that do not hold up whoever sends them."""
    for start in range(0, len(message), PIECE):
        yield message[start : start + PIECE]
