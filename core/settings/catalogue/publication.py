"""Settings of Charge data record, Publication; those of each way to send stand in its own module."""

from __future__ import annotations

from core.settings.catalogue.publication_ftp import FTP
from core.settings.catalogue.publication_http import HTTP
from core.settings.catalogue.publication_smtp import SMTP
from core.values.setting import Choice, ChoiceKind, Right, Setting

PUBLICATION = (
    Setting(
        key="publication.frequency",
        tab="records",
        sub_tab="publication",
        label="Report frequency",
        help="When charge records that were not sent yet are sent: daily, on Mondays, or on the first "
        "of the month, each time at 0:01.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=ChoiceKind(
            choices=(
                Choice(value="disabled", label="Disabled"),
                Choice(value="daily", label="Daily"),
                Choice(value="weekly", label="Weekly"),
                Choice(value="monthly", label="Monthly"),
            )
        ),
        factory="disabled",
    ),
    Setting(
        key="publication.protocol",
        tab="records",
        sub_tab="publication",
        label="Protocol",
        help="How the records are sent: by e-mail (SMTP), or to a file or web server (FTP, HTTP). "
        "Your network manager knows which.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=ChoiceKind(
            choices=(
                Choice(value="smtp", label="SMTP"),
                Choice(value="ftp", label="FTP"),
                Choice(value="http", label="HTTP"),
            )
        ),
        factory="smtp",
    ),
    Setting(
        key="publication.field_separator",
        tab="records",
        sub_tab="publication",
        label="Field separator",
        help="What stands between the columns of the file. Choose what your spreadsheet expects.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=ChoiceKind(
            choices=(
                Choice(value="semicolon", label="Semicolon"),
                Choice(value="comma", label="Comma"),
                Choice(value="tab", label="Tab"),
            )
        ),
        factory="semicolon",
    ),
    Setting(
        key="publication.decimal_separator",
        tab="records",
        sub_tab="publication",
        label="Decimal separator",
        help="How 1.5 kWh is written in the file: 1,5 or 1.5.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=ChoiceKind(
            choices=(
                Choice(value="comma", label="Comma"),
                Choice(value="dot", label="Dot"),
            )
        ),
        factory="comma",
    ),
    *SMTP,
    *FTP,
    *HTTP,
)
