"""Testing the way to the server of publication, without delivering anything."""

from __future__ import annotations

import asyncio

from core.publication.proposed import Reader
from core.publication.sending import MakeTransport
from core.step_test import Told
from core.values.publication import Step

LONGEST_TEST = 330.0
"""s; a transport that has not come to an end by then has lost its server."""

BUSY = "The connection is being tested already. Wait for the end of that test."


async def go_to_server(make_transport: MakeTransport, settings: Reader, told: Told) -> bool:
    """Try the way to the server of these settings, each step told; True when it takes files."""
    try:
        async with asyncio.timeout(LONGEST_TEST):
            return await make_transport(settings).test(told)
    except TimeoutError:
        told(Step(name="Test", ok=False, said="The server did not come to an end."))
        return False
