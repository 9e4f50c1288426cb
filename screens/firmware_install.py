"""Installing a package: fetched, looked through by the station, its notes shown, written, restarted into."""

from __future__ import annotations

from core.api import PackageView, RestartWhen, WaitingRestart
from core.errors import Invalid, StationError, StorageFull
from core.values.firmware import LARGEST_CHUNK, LARGEST_PACKAGE
from screens.console import Console, refusal_words
from screens.dialog import notice
from screens.file_channel import ReceivedFile, WantedFile
from screens.firmware_words import package_lines
from screens.keys_help import wrapped
from screens.restart import Asked, ask_until_settled
from screens.texts import _
from screens.transfer import fetch_file


async def install_package(console: Console) -> None:
    """From the file to the restart. Must run in a worker."""
    wanted = WantedFile(
        what=_("A firmware package (.zip)"),
        largest=LARGEST_PACKAGE,
        command="firmware install",
        ending=".zip",
    )
    status = await console.attempt(console.visit.station.firmware())
    if status is None:
        return
    if not status.trusted:
        console.tell(_("No key is trusted: no package can be installed."))
        return
    received = await fetch_file(console, wanted)
    if received is None:
        return
    try:
        with received.file:
            package = await _looked_through(console, received)
    except StationError as refusal:
        console.tell("")
        await console.push_screen_wait(
            notice(_("This package is not accepted"), wrapped([refusal_words(refusal)]))
        )
        return
    if await _install(console, package):
        settled = await console.attempt(received.settle())
        if settled is not None:
            console.tell(settled)


async def _looked_through(console: Console, received: ReceivedFile) -> PackageView:
    """Hand it to the station. Raises StationError for a package that it does not take."""
    station = console.visit.station
    received.file.seek(0)
    begin = True
    while (chunk := received.file.read(LARGEST_CHUNK)) or begin:
        await station.receive_firmware(chunk, begin=begin)
        console.somebody_is_here()
        begin = False
    return await station.verify_firmware()


async def _install(console: Console, package: PackageView) -> bool:
    """Ask, and again with the choice when a charge has been opened meanwhile; True when it is written."""
    station = console.visit.station
    written = False

    async def install(when: RestartWhen) -> WaitingRestart | None:
        nonlocal written
        try:
            await station.install_firmware(package.digest, when=when)
        except StorageFull as full:
            # No link is lost: it can be said here.
            raise Invalid(full.message) from None
        written = True
        return (await station.status()).station.restart_waiting

    after = _(
        "The station restarts into it, and so do all consoles: log in again then. If it does not work, what"
        " runs now comes back by itself."
    )
    title = _("Install version {version}?").format(version=package.version)
    asked = Asked(title=title, text=(*package_lines(package), "", after), button=_("Install"))
    await ask_until_settled(console, asked, install)
    if not written:
        await console.attempt(station.withdraw_firmware())
    return written
