"""The journal of transactions since the newest copy, from which a damaged database is made whole."""

from __future__ import annotations

import errno
import itertools
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from core.files import sync_folder

PATTERN = "journal-*.jsonl"


class Transaction(msgspec.Struct, frozen=True, kw_only=True):
    """The statements of one transaction; `position` counts transactions since the database was made."""

    position: int
    statements: tuple[str, ...]


def encode(transaction: Transaction) -> bytes:
    """Return one line: checksum, blank, JSON."""
    body = msgspec.json.encode(transaction)
    return b"%08x %b\n" % (zlib.crc32(body), body)


def decode(line: bytes) -> Transaction | None:
    """Return what a line says; None for one that was cut short or damaged."""
    checksum, _, body = line.rstrip(b"\n").partition(b" ")
    if not line.endswith(b"\n") or checksum != b"%08x" % zlib.crc32(body):
        return None
    try:
        return msgspec.json.decode(body, type=Transaction)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None


class Journal:
    """The file that transactions are appended to; one writer.

    A new file begins with every copy of the database; see `drop_older`.
    """

    def __init__(self, folder: Path, position: int) -> None:
        self._folder = folder
        self._file = self._begin(position)
        self._length = 0

    def _begin(self, position: int) -> int:
        taken = [int(path.stem.split("-")[1]) for path in self._folder.glob(PATTERN)]
        name = f"journal-{max([0, *taken]) + 1:08d}-{position}.jsonl"
        path = self._folder / name
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        sync_folder(self._folder)
        return descriptor

    def append(self, transaction: Transaction) -> None:
        """Write a transaction down; raises OSError, and then it is not there."""
        line = encode(transaction)
        try:
            _write_whole(self._file, line)
            os.fdatasync(self._file)
        except OSError:
            self.take_back()
            raise
        self._length += len(line)
        self._last = len(line)

    def take_back(self, *, last: bool = False) -> None:
        """Remove what was written of a transaction that did not come about."""
        if last:
            self._length -= self._last
        os.ftruncate(self._file, self._length)

    @property
    def length(self) -> int:
        """Bytes in the file that is written now."""
        return self._length

    def rotate(self, position: int) -> None:
        """Go on in a new file, which begins behind `position`."""
        descriptor = self._begin(position)
        os.close(self._file)
        self._file, self._length = descriptor, 0

    def close(self) -> None:
        os.close(self._file)


def _write_whole(descriptor: int, line: bytes) -> None:
    if os.write(descriptor, line) != len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def drop_older(folder: Path, position: int) -> None:
    """Remove the files that only hold transactions up to `position`."""
    files = sorted(folder.glob(PATTERN))
    for path, following in itertools.pairwise(files):
        if int(following.stem.split("-")[2]) > position:
            return
        path.unlink()


def transactions_after(folder: Path, position: int) -> Iterator[Transaction]:
    """Yield the journal's transactions behind `position`, in order, without a gap.

    A file begins behind the position that the database had then: what older files say beyond it never
    came about.
    """
    found: dict[int, Transaction] = {}
    for path in sorted(folder.glob(PATTERN)):
        begin = int(path.stem.split("-")[2])
        found = {at: transaction for at, transaction in found.items() if at <= begin}
        for line in path.read_bytes().splitlines(keepends=True):
            transaction = decode(line)
            if transaction is None:
                break
            found[transaction.position] = transaction
    while (position := position + 1) in found:
        yield found[position]
