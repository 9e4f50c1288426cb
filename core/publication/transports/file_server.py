"""Parcels put on a file server (FTP, FTP over TLS)."""

from __future__ import annotations

import asyncio
import ftplib
import re
from collections.abc import Callable
from contextlib import suppress

from core.publication.parcel import Parcel, Step, Undelivered
from core.publication.transports.beside import beside
from core.publication.transports.file_session import FileSession, NoTransfer, pieces_of
from core.publication.transports.file_words import (
    CUT_SHORT,
    FETCH,
    FOLDER,
    NO_TRANSFER,
    PROTECT,
    REMOVE,
    RENAME,
    SILENT,
    WRITE,
    of_answer,
)
from core.publication.transports.reaching import reach
from core.publication.transports.steps import CERTIFICATE, ENCRYPT, GREETING, LOG_IN, SEND, Steps
from core.publication.transports.surroundings import Surroundings
from core.publication.transports.target import FileTarget
from core.publication.transports.trust import certificate_words, trusting
from core.publication.transports.words import is_certificate, of_connection

FAULTS = (OSError, EOFError, ValueError, ftplib.Error)
TEMPORARY = ".part"
GOODBYE_S = 2.0
TEST_CONTENT = b"Written to test the connection of a charging station.\r\n"


class FileServer:
    """A file server. A file is written as NAME.part and renamed when the server has all of it."""

    def __init__(self, target: FileTarget, around: Surroundings) -> None:
        self._target = target
        self._around = around

    async def send(self, parcel: Parcel) -> None:
        """Deliver the parcel. Raises Undelivered."""
        steps = self._steps(lambda _: None)

        def work(session: FileSession) -> None:
            self._enter(session, steps)
            with steps.step(SEND, "Taken."):
                _store(session, f"{parcel.name}{TEMPORARY}", parcel.content, steps, self._target)
            with steps.step(RENAME, "Done."):
                _put_in_place(session, parcel.name, steps)

        await self._visit(steps, work)

    async def fetch(self, name: str, take: Callable[[bytes], None]) -> None:
        """Hand a file of the server over in pieces. Raises Undelivered, and whatever `take` raises."""
        steps = self._steps(lambda _: None)

        def work(session: FileSession) -> None:
            self._enter(session, steps)
            with steps.step(FETCH, "It is here."):
                session.fetch(name, take)

        await self._visit(steps, work)

    async def test(self, told: Callable[[Step], None]) -> bool:
        """Write a file of one line, rename it, remove it."""
        loop = asyncio.get_running_loop()

        def tell(step: Step) -> None:
            loop.call_soon_threadsafe(told, step)

        steps = self._steps(tell)
        station = re.sub(r"[^A-Za-z0-9]+", "-", self._around.station)[:60].strip("-")
        name = f"evtty-test-{station or 'station'}.tmp"

        def work(session: FileSession) -> None:
            self._enter(session, steps)
            with steps.step(WRITE, f"{name}{TEMPORARY} is written."):
                _store(session, f"{name}{TEMPORARY}", TEST_CONTENT, steps, self._target)
            with steps.step(RENAME, f"It is {name} now."):
                _put_in_place(session, name, steps)
            with steps.step(REMOVE, f"{name} is gone.") as said:
                try:
                    session.delete(name)
                except ftplib.error_perm:
                    said.text = f"The server lets nobody remove files: {name} stays there."

        try:
            await self._visit(steps, work)
        except Undelivered as fault:
            told(Step(name=fault.step, ok=False, said=fault.said))
            return False
        return True

    def _steps(self, told: Callable[[Step], None]) -> Steps:
        return Steps(told, explain=self._explain, faults=FAULTS)

    def _explain(self, step: str, fault: BaseException) -> str:
        if isinstance(fault, ftplib.Error):
            return of_answer(step, str(fault), self._target)
        if step == GREETING and isinstance(fault, TimeoutError):
            return SILENT.format(host=self._target.host)
        if isinstance(fault, NoTransfer):
            return NO_TRANSFER
        return of_connection(step, fault, self._target)

    async def _visit(self, steps: Steps, work: Callable[[FileSession], None]) -> None:
        """Connect and let `work` do the rest in a thread. Raises Undelivered."""
        target, limits = self._target, self._around.limits
        context = (
            None
            if target.security == "none"
            else await trusting(self._around.authorities, also_public=self._around.also_public)
        )
        async with steps.within(limits.whole_s):
            opened = await reach(target, steps, limits.answer_s)
            session = FileSession(opened, target, context, limits.answer_s)
            try:
                await beside(lambda: work(session), session.cut, limits.answer_s)
            except BaseException:
                session.end()
                raise
        await beside(lambda: _leave(session), session.cut, limits.answer_s)

    def _enter(self, session: FileSession, steps: Steps) -> None:
        with steps.step(GREETING, "The server answers."):
            session.greeting()
        if self._target.security != "none":
            self._encrypt(session, steps)
        login = self._target.login
        with steps.step(LOG_IN, f"As {login.username}." if login else "As anonymous."):
            if login is None:
                session.login(secure=False)
            else:
                session.login(login.username, login.password, secure=False)
        if self._target.security != "none":
            with steps.step(PROTECT, "They travel encrypted too."):
                session.prot_p()
        if self._target.folder:
            with steps.step(FOLDER, "It is there."):
                session.cwd(self._target.folder)

    def _encrypt(self, session: FileSession, steps: Steps) -> None:
        steps.at(ENCRYPT)
        try:
            encryption, certificate = certificate_words(session.encrypt())
        except FAULTS as fault:
            raise steps.failed(CERTIFICATE if is_certificate(fault) else ENCRYPT, fault) from None
        steps.passed(ENCRYPT, encryption)
        steps.passed(CERTIFICATE, certificate)


def _store(session: FileSession, name: str, content: bytes, steps: Steps, target: FileTarget) -> None:
    """Write a file, and see that all of it is there."""
    session.store(name, pieces_of(content))
    if session.stored_bytes(name) not in (None, len(content)):
        raise steps.undelivered(SEND, CUT_SHORT.format(host=target.host))


def _put_in_place(session: FileSession, name: str, steps: Steps) -> None:
    """Rename NAME.part, in place of an earlier file of that name: it has the same content."""
    session.sendcmd(f"RNFR {name}{TEMPORARY}")
    try:
        _name(session, name, steps)
    except ftplib.error_perm as refused:
        # Some servers never rename onto a file that is there.
        try:
            session.delete(name)
        except ftplib.Error:
            raise refused from None
        session.sendcmd(f"RNFR {name}{TEMPORARY}")
        _name(session, name, steps)


def _name(session: FileSession, name: str, steps: Steps) -> None:
    steps.handed_over = True
    try:
        session.voidcmd(f"RNTO {name}")
    except (ftplib.error_perm, ftplib.error_temp):
        # An answer, so it is known: the file has not got its name.
        steps.handed_over = False
        raise


def _leave(session: FileSession) -> None:
    """Say goodbye, if the server listens."""
    with suppress(OSError, EOFError, ValueError, ftplib.Error):
        session.goodbye(GOODBYE_S)
