"""GetConfiguration and ChangeConfiguration (OCPP 1.6, 5.3 and 5.8)."""

from __future__ import annotations

from core.ocpp.configuration import Reading
from core.ocpp.conversation import Refused
from core.ocpp.desk import Desk
from core.ocpp.frames import Code, Payload
from core.ocpp.keys import MOST_KEYS_AT_ONCE, known_key

LONGEST_VALUE = 500


async def get_configuration(desk: Desk, payload: Payload) -> Payload:
    """The keys that are asked for, or all."""
    asked = list(dict.fromkeys(payload.get("key", ())))
    if len(asked) > MOST_KEYS_AT_ONCE:
        raise Refused(Code.OCCURRENCE, f"key: at most {MOST_KEYS_AT_ONCE}")
    if not asked:
        return {"configurationKey": [_shown(each) for each in desk.configuration.readings()]}
    found = {name: known_key(name) for name in asked}
    return {
        "configurationKey": [
            _shown(desk.configuration.reading(known))
            for known in dict.fromkeys(found.values())
            if known is not None
        ],
        "unknownKey": [name for name, known in found.items() if known is None],
    }


async def change_configuration(desk: Desk, payload: Payload) -> Payload:
    return {"status": await desk.configuration.change(payload["key"], payload["value"])}


def _shown(reading: Reading) -> Payload:
    shown = {"key": reading.name, "readonly": reading.fixed}
    return shown if reading.value is None else {**shown, "value": reading.value[:LONGEST_VALUE]}
