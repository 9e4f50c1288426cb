"""Garbage is collected in small portions while somebody is there, and all of it while nobody is."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from console.garbage import MOST_ENDED, PYTHONS_OWN, GarbageCollection


class Remains:
    """Something of a session that only a collection finds: it refers to itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def garbage() -> Iterator[GarbageCollection]:
    found = GarbageCollection()
    found.begin()
    yield found
    found.end()


def test_what_lives_on_is_left_out_of_later_collections(garbage: GarbageCollection) -> None:
    living = Remains()
    gc.collect()
    assert not any(one is living for one in gc.get_objects())
    assert gc.get_freeze_count() > 0


def test_new_garbage_goes_with_any_collection(garbage: GarbageCollection) -> None:
    left = weakref.ref(Remains())
    gc.collect()
    assert left() is None


@pytest.mark.parametrize(
    ("ended", "idle", "goes"),
    [(1, True, True), (1, False, False), (0, True, False), (MOST_ENDED, False, True)],
)
def test_the_remains_of_ended_sessions_go_while_nobody_is_there_or_when_they_are_many(
    ended: int, idle: bool, goes: bool, garbage: GarbageCollection
) -> None:
    session = Remains()
    gc.collect()
    left = weakref.ref(session)
    del session
    gc.collect()
    assert left() is not None, "it is left out until all is gone through"
    garbage.ended = ended
    assert garbage.collect_all(idle=idle) == goes
    assert (left() is None) == goes
    assert garbage.ended == (0 if goes else ended)


def test_in_the_end_collection_is_as_python_does_it() -> None:
    callbacks, thresholds = list(gc.callbacks), gc.get_threshold()
    garbage = GarbageCollection()
    garbage.begin()
    garbage.end()
    assert (gc.callbacks, gc.get_threshold(), gc.get_freeze_count()) == (callbacks, PYTHONS_OWN, 0)
    assert thresholds == PYTHONS_OWN
