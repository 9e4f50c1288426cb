"""Starts a process of the station from the slot that shall run, whatever it was started from.

The installed program is always the first to run; it decides, and hands over by `execve`. Software on trial
runs against an alarm that only its own proof switches off: the kernel ends it when it hangs.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import msgspec

from core.firmware import marker, slots
from core.firmware.slots import Slot, Slots

HANDED_OVER = "EVTTY_SLOT"
"""In the environment of a process that a launcher started: the slot it shall run from."""
SEARCH_PATH = "PYTHONPATH"


def start_core(data: Path, words: Sequence[str]) -> None:
    """Count the start and hand over to the slot that shall run, unless this process is what shall run."""
    if HANDED_OVER in os.environ:
        return
    signal.alarm(0)
    if not marker.belongs_here(data):
        return
    try:
        before = marker.read_marker(data)
    except OSError:
        # Whoever opens the data folder says what is wrong with it.
        return
    if before == Slots():
        return
    now = slots.started(
        before,
        whole=marker.whole_slots(data),
        installed=metadata.version("evtty"),
        at=time.clock_gettime(time.CLOCK_BOOTTIME),
    )
    try:
        if now != before:
            marker.write_marker(data, now)
    except OSError:
        # Software on trial is started only where its starts can be counted.
        now = msgspec.structs.replace(now, trial=None)
    if now.trial is not None:
        signal.alarm(now.trial.seconds)
    _hand_over(data, slots.to_run(now), ["-m", "core", *words])


def start_console(data: Path, words: Sequence[str]) -> None:
    """Hand console or command over to the slot that has proved itself, unless this process runs there."""
    if HANDED_OVER in os.environ:
        return
    of_the_process = list(words[:1]) == ["console"]
    _hand_over(
        data,
        proved_slot(data),
        ["-m", "console", *words[1:]] if of_the_process else ["-m", "console.cli", *words],
    )


def proved_slot(data: Path) -> Slot:
    """The slot that has proved itself last and is there; "" for somebody who may not look or trust it."""
    if not marker.belongs_here(data):
        return ""
    slot = marker.look(data).active
    try:
        return slot if slot and slot in marker.whole_slots(data) else ""
    except OSError:
        return ""


def running_slot() -> Slot:
    """The slot that this process runs from."""
    slot = os.environ.get(HANDED_OVER, "")
    return "a" if slot == "a" else "b" if slot == "b" else ""


def fresh_environment() -> dict[str, str]:
    """The environment for a process that shall decide anew which slot runs."""
    left = {name: value for name, value in os.environ.items() if name != HANDED_OVER}
    if running_slot():
        ours = Path(__file__).parents[2]
        paths = [each for each in left.get(SEARCH_PATH, "").split(os.pathsep) if each and Path(each) != ours]
        left[SEARCH_PATH] = os.pathsep.join(paths)
        if not paths:
            del left[SEARCH_PATH]
    return left


def _hand_over(data: Path, slot: Slot, words: Sequence[str]) -> None:
    if not slot:
        return
    folder = str(marker.slot_folder(data, slot))
    path = os.pathsep.join(each for each in (folder, os.environ.get(SEARCH_PATH, "")) if each)
    environment = {**os.environ, HANDED_OVER: slot, SEARCH_PATH: path, "PYTHONSAFEPATH": "1"}
    os.execve(sys.executable, [sys.executable, *words], environment)  # noqa: S606 -- no shell is wanted
