"""`firmware`: what runs, and packages that are looked through and installed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping
from typing import TypeVar

from console.commands import incoming
from console.commands.command import Call, Command
from console.commands.output import columns
from console.commands.restart import CHOICES, chosen, with_choices
from console.texts import N_, _
from core.api import FirmwareStatus, PackageView, Station
from core.errors import Busy
from core.values.firmware import LARGEST_CHUNK
from screens.firmware_words import PLACES
from screens.transfer_words import size_words

T = TypeVar("T")
LOOK_EVERY_S = 0.5
TELL_EVERY_BYTES = 4 << 20
TELL_EVERY = 0.1
"""Of the whole; the messages on the way say every tenth."""

STATES: Mapping[str, str] = {
    "idle": N_("nothing waits"),
    "receiving": N_("a package comes in"),
    "verifying": N_("a package is verified"),
    "verified": N_("a package is verified and waits for its installation"),
    "writing": N_("a package is written"),
    "waiting": N_("a package waits for the restart"),
    "trial": N_("on trial"),
}
RESULTS: Mapping[str, str] = {
    "installed": N_("was installed"),
    "returned": N_("did not work and was left again"),
}


def status_rows(status: FirmwareStatus) -> list[tuple[str, str]]:
    """What `firmware show` says below the versions."""
    rows = [
        (_("Runs"), _("{version}, {place}").format(version=status.version, place=_(PLACES[status.slot]))),
        (_("Takes"), _("{minimum} or newer").format(minimum=status.minimum)),
        (_("Trusts"), ", ".join(status.trusted) or _("nobody: no package can be installed")),
        (_("State"), _(STATES[status.state])),
    ]
    if status.waiting is not None:
        rows.append((_("Waits"), f"{status.waiting.version}, {status.waiting.account}"))
    if status.outcome is not None:
        last = status.outcome
        text = f"{last.version} {_(RESULTS[last.result])}"
        rows.append((_("Last"), f"{text}: {last.reason}" if last.reason else text))
    return rows


def package_lines(package: PackageView) -> list[str]:
    """What a package is, then its release notes."""
    parts = ", ".join(f"{name} {version}" for name, version in sorted(package.parts.items()))
    return [
        _("Version {version} for {families}: {parts}.").format(
            version=package.version, families=", ".join(package.families), parts=parts
        ),
        _("Signed by {signer}.").format(signer=package.signer),
        _("After it the station takes {minimum} or newer.").format(minimum=package.minimum),
        "",
        *package.notes.splitlines(),
    ]


async def show(call: Call) -> None:
    station = await call.station()
    status, hardware = await station.firmware(), await station.hardware()
    if call.json:
        await call.answer({"versions": hardware.versions, "firmware": status})
        return
    heads = (_("Socket-outlet"), _("Electronic board"), _("Commissioning tool"), _("RFID reader"))
    rows = [(each.designation, each.board, each.tool, each.reader) for each in hardware.versions]
    await call.out.data(columns([heads, *rows]) + "\n" + columns(status_rows(status)))


async def verify(call: Call) -> None:
    package = await _verified(call, await call.station())
    if call.json:
        await call.answer({"package": package}, changed=False)
        return
    for line in package_lines(package):
        await call.say(line)


async def install(call: Call) -> None:
    when = chosen(call)
    station = await call.station()
    package = await _verified(call, station)
    try:
        status = await _followed(call, station, station.install_firmware(package.digest, when=when))
    except Busy as busy:
        raise with_choices(busy) from None
    await incoming.taken_over(call)
    if call.json:
        await call.answer({"package": package, "firmware": status}, changed=True)
        return
    for line in package_lines(package):
        await call.say(line)
    await call.say("")
    if status.restarts_when_free:
        await call.say(_("Written. The station restarts into it when no charge is open."))
    else:
        await call.say(
            _("Written. The station restarts into it; `firmware show` says then what became of it.")
        )


async def withdraw(call: Call) -> None:
    status = await (await call.station()).withdraw_firmware()
    if call.json:
        await call.answer({"firmware": status}, changed=True)
    else:
        await call.say(_("The package is left aside; {version} goes on.").format(version=status.version))


async def _verified(call: Call, station: Station) -> PackageView:
    """Send the package that is given to the station, and have it looked through."""
    sent = told = await station.receive_firmware(b"", begin=True)
    async for chunk in _chunks(call):
        sent = await station.receive_firmware(chunk)
        if sent - told >= TELL_EVERY_BYTES:
            told = sent
            await call.out.message(_("{size} received").format(size=size_words(sent)))
    await call.out.message(_("{size} received").format(size=size_words(sent)))
    return await _followed(call, station, station.verify_firmware())


async def _chunks(call: Call) -> AsyncIterator[bytes]:
    """The file that `--file` names, or standard input, in pieces that can be handed over."""
    if call.options.file is not None:
        with (await incoming.incoming(call)).open(call.options.file) as file:
            while piece := file.read(LARGEST_CHUNK):
                yield piece
        return
    while piece := await call.out.read_bytes(LARGEST_CHUNK):
        yield piece


async def _followed(call: Call, station: Station, work: Awaitable[T]) -> T:
    """Wait for it, and tell on the way how far it is."""
    task, told = asyncio.ensure_future(work), 0.0
    while not (await asyncio.wait({task}, timeout=LOOK_EVERY_S))[0]:
        status = await station.firmware()
        if status.far >= told + TELL_EVERY:
            told = status.far
            await call.out.message(f"{_(STATES[status.state])}: {round(100 * told)} %")
    return task.result()


COMMANDS = (
    Command(
        words=("firmware", "show"),
        summary=N_("Show the installed versions, and what became of the last package"),
        act=show,
    ),
    Command(
        words=("firmware", "verify"),
        usage="[--file NAME]",
        summary=N_("Look through a firmware package on standard input, and show its release notes"),
        arguments=(incoming.FILE,),
        act=verify,
    ),
    Command(
        words=("firmware", "install"),
        usage="[--file NAME] [--now | --when-free]",
        summary=N_("Install a firmware package on standard input, and restart into it"),
        arguments=(incoming.FILE, *CHOICES),
        act=install,
    ),
    Command(
        words=("firmware", "withdraw"),
        summary=N_("Leave aside a package that waits for the restart"),
        act=withdraw,
    ),
)
