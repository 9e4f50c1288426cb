"""`about`: the product, its licence, its parts with theirs, and the station's SSH key."""

from __future__ import annotations

from console.commands.command import Call, Command
from console.commands.output import columns
from console.texts import N_, _
from screens.installed_parts import installed_parts, product, product_links


async def about(call: Call) -> None:
    from console.host_key import key_fingerprint

    status = await (await call.station()).status()
    made, parts = product(), installed_parts()
    key = key_fingerprint(call.folder)
    if call.json:
        await call.answer(
            {
                "program": made.name,
                "version": status.station.version,
                "licence": made.licence,
                "station": status.station.name,
                "host_key": key,
                "links": dict(product_links()),
                "parts": [
                    {"name": part.name, "version": part.version, "licence": part.licence, "home": part.home}
                    for part in parts
                ],
            }
        )
        return
    facts = [
        (_("Program"), f"{made.name} {status.station.version}"),
        (_("Licence"), made.licence),
        (_("Station"), status.station.name),
        (_("Key"), key or "-"),
        *product_links(),
    ]
    await call.out.data(columns(facts))
    await call.say("")
    heads = (_("Made with"), _("Version"), _("Licence"))
    await call.out.data(columns([heads, *((part.name, part.version, part.licence or "-") for part in parts)]))


COMMANDS = (
    Command(
        words=("about",),
        summary=N_("Show version and licence, the SSH key's fingerprint, and the licence of every part"),
        act=about,
    ),
)
