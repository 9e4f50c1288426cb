"""The e-mail that a parcel travels in."""

from __future__ import annotations

import re
from base64 import encodebytes
from collections.abc import Iterator
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import msgspec

from core.publication.parcel import Parcel
from core.publication.transports.target import MailTarget

LINE = 57
PIECE = LINE * 400

# What no text in base64 or quoted-printable can contain.
BOUNDARY = "=_charge_records_="

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


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it goes over the wire: what stands around the file, and the file."""

    before: bytes
    content: bytes
    after: bytes

    @property
    def size(self) -> int:
        """Its length in bytes over the wire."""
        lines, rest = divmod(len(self.content), LINE)
        encoded = lines * (LINE // 3 * 4 + 2) + ((rest + 2) // 3 * 4 + 2 if rest else 0)
        return len(self.before) + encoded + len(self.after)

    def pieces(self) -> Iterator[bytes]:
        """Parts of it in turn, each made when it is asked for and small enough to hold up nobody."""
        yield self.before
        for start in range(0, len(self.content), PIECE):
            yield encodebytes(self.content[start : start + PIECE]).replace(b"\n", b"\r\n")
        yield self.after


def write_letter(parcel: Parcel, target: MailTarget, sent: datetime) -> Letter:
    """The message that carries a parcel, lines that begin with a dot doubled (RFC 5321, 4.5.2)."""
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
        f"are in the attached file {parcel.name}.\n\n"
        "The station sent this message by itself; nobody reads answers to it. Should the same file come "
        "a second time, the station did not learn that the first one had arrived: keep one of them.\n",
        cte="quoted-printable",
    )
    # The file itself is added piece by piece while it is sent.
    message.add_attachment(
        b"", maintype="text", subtype="csv", filename=parcel.name, params={"charset": "utf-8"}
    )
    message.set_boundary(BOUNDARY)
    written = (b"\r\n" + message.as_bytes(policy=LONG_LINES)).replace(b"\r\n.", b"\r\n..")[2:]
    before, end, after = written.rpartition(b"--" + BOUNDARY.encode() + b"--")
    return Letter(before=before, content=parcel.content, after=end + after)
