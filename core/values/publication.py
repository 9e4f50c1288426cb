"""What is known of the publication of charge data records, and what a test of its connection says."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of reaching a server, such as "Connect to mail.example.org, port 25".

    `said` is what came of it, in words for an electrician; for a failure with what to do about it.
    """

    name: str
    ok: bool
    said: str


class ConnectionTest(msgspec.Struct, frozen=True, kw_only=True):
    """A test of the connection. `ok` is None while it runs."""

    protocol: str
    steps: tuple[Step, ...] = ()
    ok: bool | None = None


class SentParcel(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was published; `first` and `last` are the numbers of its records."""

    name: str
    first: int
    last: int
    sent: datetime


class FailedTry(msgspec.Struct, frozen=True, kw_only=True):
    """The last try to send a file that still waits.

    `certain` is False where it may have arrived although no answer came. `step` and `said` are empty for an
    account that may not read how the server is reached.
    """

    name: str
    first: int
    last: int
    tries: int
    time: datetime
    certain: bool
    step: str = ""
    said: str = ""


class PublicationStatus(msgspec.Struct, frozen=True, kw_only=True):
    """The publication at this moment.

    `waiting` counts records that are not published yet, `files` those files that wait to be sent.
    `next` is when the running period ends, None while the frequency is disabled. `retry` is when a file that
    failed is sent again. `encrypted` is False where anybody on the way can read what is sent.
    """

    frequency: str
    protocol: str
    encrypted: bool
    sending: bool
    waiting: int
    files: int
    published: int
    next: datetime | None = None
    retry: datetime | None = None
    last_sent: SentParcel | None = None
    failed: FailedTry | None = None
    test: ConnectionTest | None = None


class PublishOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a publication that was asked for came to; `failed` is what stopped it before its end."""

    records: int
    files: tuple[str, ...]
    waiting: int
    failed: FailedTry | None = None
