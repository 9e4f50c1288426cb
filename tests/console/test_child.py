"""A process that is started again when it dies."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest

from console.child import Child, StartRefused


async def never() -> bool:
    return False


async def test_a_refusal_of_software_on_trial_is_not_the_last_word(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    starts.touch()
    script = f"open({str(starts)!r}, 'a').write('x'); raise SystemExit(3)"
    with tempfile.TemporaryFile() as errors:
        child = Child(
            "core",
            ["-I", "-c", script],
            errors=errors,
            answers=never,
            is_on_trial=lambda: len(starts.read_text()) < 2,
        )
        keeping = asyncio.create_task(child.keep())
        with pytest.raises(StartRefused):
            await child.ready()
        await keeping
    assert starts.read_text() == "xx"
