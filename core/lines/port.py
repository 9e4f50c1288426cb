"""The open descriptor of a device, read and written without threads."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

MOST_AT_ONCE = 4096


class DeviceLost(Exception):
    """The device is not there, or does not answer; the text says what is wrong, for an electrician."""


class Port:
    """A descriptor that does not block; `close` gives it back and is called once."""

    def __init__(self, descriptor: int, close: Callable[[], None]) -> None:
        self.descriptor = descriptor
        self._close = close
        self._is_open = True

    async def read(self) -> bytes:
        """At least one byte, as soon as there is one. Raises DeviceLost.

        Everything else gets its turn before each read, in a flood too.
        """
        loop = asyncio.get_running_loop()
        while True:
            await self._ready(loop.add_reader, loop.remove_reader)
            try:
                received = os.read(self.descriptor, MOST_AT_ONCE)
                if not received:
                    raise DeviceLost("the device was disconnected")
                return received
            except BlockingIOError:
                continue
            except OSError as error:
                raise lost(error) from None

    async def write(self, sent: bytes) -> None:
        """Hand all of it to the device. Raises DeviceLost."""
        loop = asyncio.get_running_loop()
        while sent:
            try:
                sent = sent[os.write(self.descriptor, sent) :]
            except BlockingIOError:
                await self._ready(loop.add_writer, loop.remove_writer)
            except OSError as error:
                raise lost(error) from None

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            self._close()

    async def _ready(
        self, watch: Callable[[int, Callable[[], None]], None], leave: Callable[[int], bool]
    ) -> None:
        ready = asyncio.Event()
        try:
            watch(self.descriptor, ready.set)
        except OSError as error:
            raise lost(error) from None
        try:
            await ready.wait()
        finally:
            leave(self.descriptor)


def lost(error: Exception) -> DeviceLost:
    """What an error of the system means for the device."""
    reason = error.strerror if isinstance(error, OSError) else None
    return DeviceLost(reason or str(error))
