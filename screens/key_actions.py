"""Looking after public keys: what follows from each wish in their dialog."""

from __future__ import annotations

from core.api import SshKey
from core.errors import StationError, TryLater
from core.values.keys import LARGEST_KEY_FILE
from screens.cleaned import cleaned
from screens.console import Console, refusal_words
from screens.dialog import notice, question
from screens.file_channel import WantedFile
from screens.key_lines import key_details
from screens.keys_dialog import KeysDialog, NewKeyDialog
from screens.keys_help import wrapped
from screens.texts import _
from screens.transfer import fetch_file


async def look_after_keys(console: Console) -> None:
    """Show the keys until somebody has had enough. Must run in a worker."""
    said, cursor = "", 0
    while True:
        keys = await console.attempt(console.visit.station.keys())
        if keys is None:
            return
        wish = await console.push_screen_wait(KeysDialog(keys, said, cursor))
        if wish is None:
            return
        cursor = keys.index(wish.key) if wish.key in keys else 0
        try:
            if wish.what == "add":
                said = await _add(console)
            elif wish.key is not None and wish.what == "remove":
                said = await _remove(console, wish.key)
            elif wish.key is not None:
                said = await _show(console, wish.key)
        except TryLater:
            console.link_lost()
            return
        except StationError as refusal:
            said = cleaned(refusal_words(refusal))


async def _show(console: Console, key: SshKey) -> str:
    text = key_details(key, console.visit.zone, ascii_only=console.terminal.ascii)
    await console.push_screen_wait(notice(_("Public key"), text))
    return ""


async def _add(console: Console) -> str:
    """What to say of it; raises TryLater."""
    said, line = "", ""
    while (new := await console.push_screen_wait(NewKeyDialog(said, line))) is not None:
        settle = None
        text = new.line
        if text is None:
            wanted = WantedFile(
                what=_("A public key (.pub)"),
                largest=LARGEST_KEY_FILE,
                command=f"keys add {new.account}",
                ending=".pub",
            )
            received = await fetch_file(console, wanted)
            if received is None:
                return ""
            text, settle = received.take().decode("utf-8", "replace"), received.settle
        try:
            key = await console.visit.station.add_key(new.account, text)
        except TryLater:
            raise
        except StationError as refusal:
            said, line = cleaned(refusal_words(refusal)), new.line or ""
            continue
        settled = await settle() if settle is not None else ""
        added = _("Added for {account}: {key}").format(account=key.account, key=_named(key))
        return f"{added} {settled}".rstrip()
    return ""


async def _remove(console: Console, key: SshKey) -> str:
    """What to say of it; raises StationError."""
    text = [_("No session opens with it any more; those that it opened end now."), "", _named(key)]
    if console.visit.person.key == key.fingerprint:
        text = [_("You have logged in with this key: your own session ends too."), *text]
    title = _("Remove this key of {account}?").format(account=key.account)
    if await console.push_screen_wait(question(title, wrapped(text), _("Remove"))) != "yes":
        return ""
    await console.visit.station.remove_key(key.account, key.fingerprint)
    return _("Removed from {account}: {key}").format(account=key.account, key=_named(key))


def _named(key: SshKey) -> str:
    return f"{cleaned(key.comment)} {key.fingerprint}".strip()
