"""Every method of the seam travels: its arguments, its result and its errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ERRORS_BY_CODE, Invalid, Problem, StationError
from core.link.contract import CONTRACT, READS, Method
from core.link.frames import FromServer, Refusal, error_of, frame, refusal
from tests.core.link.drawing import anything_of

FEW = settings(max_examples=settings().max_examples // 10)
METHODS = [method for door in CONTRACT.values() for method in door.values()]


def names(method: Method) -> str:
    return method.arguments.__name__


def test_all_doors_are_there() -> None:
    assert set(CONTRACT["entrance"]) == {
        "welcome", "log_in", "fits_key", "log_in_with_key", "resume", "local", "close"
    }  # fmt: skip
    assert len(CONTRACT["station"]) > 20
    assert CONTRACT["entrance"]["log_in"].opens_station
    assert CONTRACT["station"]["events"].is_stream


def test_every_read_is_a_method() -> None:
    assert {method.name for method in METHODS} >= READS


@pytest.mark.parametrize("method", METHODS, ids=names)
@FEW
@given(data=st.data())
def test_arguments_come_out_as_they_went_in(method: Method, data: st.DataObject) -> None:
    arguments = msgspec.structs.asdict(data.draw(anything_of(method.arguments)))
    assert method.unpack(method.pack((), arguments)) == arguments


@pytest.mark.parametrize("method", [method for method in METHODS if not method.opens_station], ids=names)
@FEW
@given(data=st.data())
def test_a_result_comes_out_as_it_went_in(method: Method, data: st.DataObject) -> None:
    result = data.draw(anything_of(method.result))
    assert msgspec.json.decode(msgspec.json.encode(result), type=method.result) == result


@pytest.mark.parametrize("method", METHODS, ids=names)
@FEW
@given(packed=st.binary(max_size=60) | st.from_type(dict[str, int | str | None]).map(msgspec.json.encode))
def test_whatever_comes_as_arguments_is_refused_in_words(method: Method, packed: bytes) -> None:
    try:
        arguments = method.unpack(packed)
    except Invalid:
        return
    assert arguments.keys() == set(method.arguments.__struct_fields__)


def test_text_that_cannot_travel_is_refused() -> None:
    with pytest.raises(Invalid):
        CONTRACT["station"]["sim_badge"].pack(("\ud800",), {})
    with pytest.raises(Invalid):
        CONTRACT["station"]["change_settings"].pack(({"a": 10**5000},), {})


def test_a_call_with_wrong_arguments_fails_as_a_call_in_the_same_process() -> None:
    with pytest.raises(TypeError):
        CONTRACT["station"]["record"].pack((1, 2), {})


def kinds() -> Iterator[type[StationError]]:
    yield StationError
    yield from ERRORS_BY_CODE.values()


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: str(kind.__name__))
@FEW
@given(data=st.data())
def test_an_error_arrives_whole(kind: type[StationError], data: st.DataObject) -> None:
    words = st.text(max_size=20)
    error = kind(
        "{what} is not right",
        key=data.draw(st.none() | words),
        details=data.draw(st.dictionaries(words, words, max_size=3)),
        problems=data.draw(st.lists(anything_of(Problem), max_size=3)),
        what=data.draw(words),
    )
    travelled: Any = msgspec.json.decode(frame(refusal(7, error))[4:], type=FromServer)
    assert isinstance(travelled, Refusal)
    arrived = error_of(travelled)
    assert type(arrived) is kind
    assert arrived.message == error.message
    assert vars(arrived) == vars(error)
