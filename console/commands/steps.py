"""Answering with the steps of a test of the way to a server."""

from __future__ import annotations

from console.commands.command import Call
from core.errors import TryLater
from core.values.publication import ConnectionTest
from screens.step_words import step_line


async def answer_steps(call: Call, found: ConnectionTest, failed: str) -> None:
    """Every step; raises TryLater with the text `failed` where the last one failed."""
    if not call.json:
        for step in found.steps:
            await call.say(step_line(step))
    elif found.ok:
        await call.answer(found)
    if not found.ok:
        raise TryLater(failed, details={step.name: step.said for step in found.steps})
