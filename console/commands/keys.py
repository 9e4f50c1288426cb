"""`keys`: the public keys that open accounts over SSH."""

from __future__ import annotations

from console.commands.command import Argument, Call, Command
from console.commands.incoming import FILE, content, taken_over
from console.commands.output import columns
from console.commands.status import local_time
from console.texts import N_, _
from core.api import SshKey
from core.errors import Invalid, NotFound
from core.values.keys import LARGEST_KEY_FILE

ACCOUNTS = ("admin", "user")
ACCOUNT = Argument(name="account", help=N_("admin or user"), choices=ACCOUNTS)


def key_row(key: SshKey, zone: str) -> tuple[str, ...]:
    """A key for a person."""
    used = local_time(key.last_used, zone) if key.last_used else "-"
    return (
        key.account,
        key.type,
        str(key.bits),
        key.fingerprint,
        local_time(key.added, zone),
        key.added_by,
        used,
        key.comment,
    )


async def list_keys(call: Call) -> None:
    station = await call.station()
    keys = await station.keys()
    if call.json:
        await call.answer({"keys": keys})
        return
    zone = (await station.status()).station.zone
    heads = (
        _("Account"),
        _("Type"),
        _("Bits"),
        _("Fingerprint"),
        _("Added"),
        _("By"),
        _("Last used"),
        _("Comment"),
    )
    await call.out.data(columns([heads, *(key_row(key, zone) for key in keys)]))


async def add(call: Call) -> None:
    station = await call.station()
    file = await content(call, LARGEST_KEY_FILE + 1)
    try:
        line = file.decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid(N_("This is no public key: give the .pub file.")) from None
    key = await station.add_key(call.options.account, line)
    await _tell(call, key, _("Added for {account}: {type} {fingerprint} {comment}"))
    await taken_over(call)


async def remove(call: Call) -> None:
    station = await call.station()
    fingerprint = call.options.fingerprint
    if not fingerprint.startswith("SHA256:"):
        raise NotFound(N_("A key is named by its fingerprint SHA256:..., as `keys list` shows it."))
    key = await station.remove_key(call.options.account, fingerprint)
    await _tell(call, key, _("Removed from {account}: {type} {fingerprint} {comment}"))


async def _tell(call: Call, key: SshKey, says: str) -> None:
    if call.json:
        await call.answer({"key": key}, changed=True)
    else:
        text = says.format(
            account=key.account, type=key.type, fingerprint=key.fingerprint, comment=key.comment
        )
        await call.say(text.rstrip())


COMMANDS = (
    Command(
        words=("keys", "list"),
        summary=N_("List the public keys that open the accounts over SSH"),
        act=list_keys,
    ),
    Command(
        words=("keys", "add"),
        usage="ACCOUNT [--file NAME]",
        summary=N_("Let a public key open an account: the line of its .pub file on standard input"),
        arguments=(ACCOUNT, FILE),
        act=add,
    ),
    Command(
        words=("keys", "remove"),
        usage="ACCOUNT FINGERPRINT",
        summary=N_("Take a public key away; sessions that it opened end"),
        arguments=(ACCOUNT, Argument(name="fingerprint", help=N_("as `keys list` shows it"))),
        act=remove,
    ),
)
