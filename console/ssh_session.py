"""One SSH channel: the console, the answer to a command, the drop box, or one line of usage."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

import asyncssh

from console.commands.command import UsageError
from console.commands.exit_codes import FAILED, TRY_LATER, USAGE
from console.commands.output import OutputClosed
from console.commands.parsing import split_line
from console.commands.running import run_command
from console.commands.table import REMOTE
from console.ssh_command import ChannelOutput
from console.ssh_files import SshFiles
from console.ssh_login import Visitor
from console.texts import _
from core.api import Station
from core.errors import StationError, TryLater

log = logging.getLogger(__name__)

MOST_CHANNELS = 5
SFTP = "sftp"
GOODBYE_S = 1.0
"""How long the exit code may take to the client before the connection is closed behind it."""
INTERRUPT = b"\x03"
ENDING_SIGNALS = frozenset({"INT", "TERM", "HUP", "QUIT", "KILL"})


class SeatedConsole(Protocol):
    """A console, or the drop box, on an SSH channel, as the channel feeds it."""

    def feed(self, data: bytes) -> None: ...

    def resize(self, columns: int, rows: int) -> None: ...

    def line_is_free(self) -> None:
        """The client took everything."""

    def hang_up(self) -> None: ...

    async def run(self) -> int:
        """Show the console until its user leaves; give the exit code."""


SeatConsole = Callable[[asyncssh.SSHServerChannel[bytes], Visitor, str], SeatedConsole | None]
"""Makes a console for a channel, its visitor and the name of the terminal; None where it cannot be drawn."""


class Session(asyncssh.SSHServerSession[bytes]):
    """Serves one channel; a crash ends this channel with a message and a log line."""

    def __init__(self, visitor: Visitor, seat: SeatConsole) -> None:
        self._visitor = visitor
        self._seat = seat
        self._command: str | None = None
        self._term: str | None = None
        self._is_sftp = False
        self._console: SeatedConsole | None = None
        self._output: ChannelOutput | None = None
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan
        self._connection = chan.get_connection()

    def pty_requested(
        self, term_type: str, _term_size: tuple[int, int, int, int], _term_modes: object
    ) -> bool:
        self._term = term_type
        return True

    def shell_requested(self) -> bool:
        return self._take_place()

    def exec_requested(self, command: str) -> bool:
        self._command = command
        return self._take_place()

    def subsystem_requested(self, subsystem: str) -> bool:
        self._is_sftp = subsystem == SFTP
        return self._is_sftp and self._take_place()

    def _take_place(self) -> bool:
        if len(self._visitor.channels) >= MOST_CHANNELS:
            return False
        self._visitor.channels.add(self)
        return True

    def session_started(self) -> None:
        self._channel.set_write_buffer_limits(high=0)
        self._output = ChannelOutput(self._channel, terminal=self._term is not None)
        if self._is_sftp:
            self._console = SshFiles(self._channel, self._visitor)
        self._task = asyncio.create_task(self._serve(self._output), name=f"ssh {self._visitor.address}")

    async def _serve(self, output: ChannelOutput) -> None:
        code = FAILED
        try:
            await self._visitor.came_in.wait()
            if self._is_sftp and self._console is not None:
                code = await self._console.run()
            elif self._command is not None:
                code = await self._answer(self._command, output)
            else:
                code = await self._show(output)
        except OutputClosed:
            code = 0
        except asyncio.CancelledError:
            code = 130
        except Exception:
            log.exception("a session from %s crashed", self._visitor.address)
            await self._apologise(output)
        finally:
            self._visitor.channels.discard(self)
            if not self._channel.is_closing():
                self._channel.exit(code)
            self._leave_unless_needed()

    def _leave_unless_needed(self) -> None:
        """A connection whose session at the station is over is of no more use; a new one logs in again."""
        if self._visitor.station is None and not self._visitor.channels:
            asyncio.get_running_loop().call_later(GOODBYE_S, self._say_goodbye)

    def _say_goodbye(self) -> None:
        if not self._connection.is_closed():
            self._connection.close()

    async def _answer(self, line: str, output: ChannelOutput) -> int:
        try:
            words = split_line(line)
        except UsageError as error:
            await output.message(str(error))
            return USAGE
        code = await run_command(words, REMOTE, self._station, output, self._visitor.folder)
        if code == TRY_LATER and not await self._still_served():
            self._visitor.station = None
        return code

    async def _still_served(self) -> bool:
        """Whether the session at the station goes on: not every refusal is the end of it."""
        try:
            await (await self._station()).whoami()
        except StationError:
            return False
        return True

    async def _station(self) -> Station:
        if self._visitor.station is None:
            raise TryLater(_("The station cannot be reached now. Try again in a moment."))
        return self._visitor.station

    async def _show(self, output: ChannelOutput) -> int:
        if self._term is None:
            await output.message(
                _("usage: ssh ADDRESS COMMAND (`help` lists them), or with a terminal: ssh -t ADDRESS")
            )
            return USAGE
        self._console = self._seat(self._channel, self._visitor, self._term)
        if self._console is None:
            await output.message(
                _("This terminal cannot show the console. The commands work here: ssh ADDRESS help")
            )
            return USAGE
        return await self._console.run()

    async def _apologise(self, output: ChannelOutput) -> None:
        try:
            await output.message(_("This session ended because of a fault in it. The station goes on."))
        except OutputClosed:
            return

    def data_received(self, data: bytes, _datatype: int | None) -> None:
        if self._console is not None:
            self._console.feed(data)
        elif self._output is not None:
            if self._term is not None and INTERRUPT in data:
                self._end()
            self._output.feed(data)

    def terminal_size_changed(self, width: int, height: int, _pixwidth: int, _pixheight: int) -> None:
        if self._console is not None:
            self._console.resize(width, height)

    def pause_writing(self) -> None:
        if self._output is not None:
            self._output.hold()

    def resume_writing(self) -> None:
        if self._output is not None:
            self._output.go_on()
        if self._console is not None:
            self._console.line_is_free()

    def eof_received(self) -> bool:
        if self._console is not None:
            self._console.hang_up()
        elif self._output is not None:
            self._output.end_input()
        return True

    def break_received(self, _msec: int) -> bool:
        self._end()
        return True

    def signal_received(self, signal: str) -> None:
        if signal in ENDING_SIGNALS:
            self._end()

    def connection_lost(self, _exc: Exception | None) -> None:
        if self._output is not None:
            self._output.close()
        self._end()

    def _end(self) -> None:
        if self._console is not None:
            self._console.hang_up()
        elif self._task is not None:
            self._task.cancel()
