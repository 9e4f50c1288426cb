"""Testing the way to the central system step by step, up to the question whether it takes the station."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.ocpp.booting import BOOT
from core.ocpp.conversation import Conversation, Gone, NotDone, Refused, Unanswered
from core.ocpp.frames import Call, Code, Payload
from core.ocpp.reaching import open_wire
from core.ocpp.seen import Seen
from core.ocpp.steps import REGISTER
from core.ocpp.target import Target
from core.ocpp.together import together
from core.ocpp.waits import Waits
from core.publication.parcel import Step, Undelivered

VERDICTS: Mapping[str, tuple[bool, str]] = {
    "Accepted": (True, "The central system accepts this station."),
    "Pending": (
        True,
        "The central system knows this station and has not accepted it yet. Ask your operator to finish it.",
    ),
    "Rejected": (
        False,
        "The central system refuses this station. Ask your operator whether it is known there.",
    ),
}
NO_ANSWER = "It took the connection and did not answer. Ask your operator whether it speaks OCPP 1.6."
NONSENSE = "It answered that it cannot do this ({code}). Ask your operator."


async def try_out(
    target: Target,
    boot: Payload,
    waits: Waits,
    seen: Seen,
    told: Callable[[Step], None],
    *,
    patience: int,
) -> bool:
    """Go all the way with this target; True when the central system takes the station."""
    try:
        wire = await open_wire(target, told, patience)
    except Undelivered as failed:
        told(Step(name=failed.step, ok=False, said=failed.said))
        return False
    outcome: list[Step] = []
    conversation = Conversation(wire, _refuse, seen, waits, heard=lambda: None)

    async def register() -> None:
        outcome.append(await _registered(conversation, boot, patience))

    try:
        await together(conversation.run(), register())
    except Gone as gone:
        outcome.append(Step(name=REGISTER, ok=False, said=str(gone)))
    finally:
        await wire.close()
    told(outcome[0])
    return outcome[0].ok


async def _registered(conversation: Conversation, boot: Payload, patience: int) -> Step:
    try:
        answer = await conversation.call(BOOT, boot, within=patience)
    except NotDone as fault:
        return Step(name=REGISTER, ok=False, said=NONSENSE.format(code=fault.code))
    except Unanswered:
        return Step(name=REGISTER, ok=False, said=NO_ANSWER)
    ok, said = VERDICTS[answer["status"]]
    return Step(name=REGISTER, ok=ok, said=said)


async def _refuse(_: Call) -> Payload:
    """What the central system asks for during a test."""
    raise Refused(Code.GENERIC, "The station is being tested.")
