"""Whatever is asked in whatever order, one packet answers it, and nothing outside the drop box is touched."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.drop_box.conversation import MOST_HANDLES, Conversation
from console.drop_box.packets import Attributes, Code, Kind, Request, take_packet
from console.drop_box.places import FOLDERS, is_name
from core.station import StationCore
from tests.stations import log_in, running_station

PATHS = st.sampled_from(
    [
        b"", b".", b"/", b"/export", b"/incoming", b"/incoming/a.csv", b"/incoming/b.zip",
        b"incoming/./a.csv", b"/export/badges.csv", b"/export/records-all.csv", b"/export/none.csv",
        b"/../secret.key", b"\xff",
        b"/incoming/../../../outside/a.csv", b"/incoming/..", b"/incoming/.a.csv", b"/incoming/a\0.csv",
    ]
)  # fmt: skip
HANDLES = st.integers(0, 6).map(lambda number: number.to_bytes(4, "big")) | st.binary(max_size=5)
NUMBERS = st.integers(0, 40) | st.sampled_from([2**31, 2**32 - 1])
REQUESTS = st.builds(
    Request,
    kind=st.sampled_from(list(Kind)) | st.integers(0, 255),
    number=NUMBERS,
    path=PATHS,
    handle=HANDLES,
    flags=st.integers(0, 63) | st.sampled_from([1, 26]),
    offset=st.integers(0, 40) | st.just(2**64 - 1),
    length=NUMBERS,
    content=st.binary(max_size=40),
    attributes=st.builds(
        Attributes, size=st.none() | st.integers(0, 50) | st.just(2**64 - 1), ownership=st.booleans()
    ),
)


class Running:
    """A station in a loop of its own, for many examples."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.data = folder / "data"
        self.outside = folder / "outside"
        self.outside.mkdir()
        self.runner = asyncio.Runner()

    def __enter__(self) -> Self:
        self._station = running_station("parking-2", self.data)
        self.core: StationCore = self.runner.run(self._station.__aenter__())
        self.user = self.runner.run(log_in(self.core, "user"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.runner.run(self._station.__aexit__(kind, error, trace))
        self.runner.close()

    def misplaced(self) -> list[Path]:
        """What a file that was sent would be outside of the drop box."""
        box = self.data / "drop-box"
        sent = [path for ending in ("csv", "zip") for path in self._folder.rglob(f"*.{ending}")]
        return [*self.outside.iterdir(), *(path for path in sent if not path.is_relative_to(box))]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with Running(tmp_path_factory.mktemp("fuzzed")) as one:
        yield one


@settings(max_examples=60, deadline=None)
@given(requests=st.lists(REQUESTS, max_size=25))
def test_odd_requests_are_answered_and_stay_inside(running: Running, requests: list[Request]) -> None:
    box = running.data / "drop-box/user"

    async def ask() -> None:
        told: list[str] = []
        conversation = Conversation(running.user, "user", running.data, running.outside, told.append)
        try:
            for request in requests:
                answer = bytearray(await conversation.answer(request))
                packet = take_packet(answer)
                assert packet is not None
                assert not answer
                assert packet[0] in (101, 102, 103, 104, 105)
                assert packet[1:5] == request.number.to_bytes(4, "big")
        finally:
            conversation.close()
        assert all(str(running.data) not in words for words in told)

    running.runner.run(ask())
    assert running.misplaced() == []
    if box.exists():
        for folder in box.iterdir():
            assert folder.name in FOLDERS
            assert all(is_name("incoming", file.name) for file in folder.iterdir())


def code_of(answer: bytes) -> int:
    assert answer[4] == 101
    return int.from_bytes(answer[9:13], "big")


def test_handles_are_few_and_given_back(running: Running) -> None:
    async def ask() -> None:
        conversation = Conversation(running.user, "user", running.data, running.outside, lambda _: None)
        opened = Request(kind=Kind.OPENDIR, number=1, path=b"/")
        answers = [await conversation.answer(opened) for _ in range(MOST_HANDLES + 1)]
        assert [answer[4] for answer in answers] == [102] * MOST_HANDLES + [101]
        closing = Request(kind=Kind.CLOSE, number=2, handle=answers[0][13:17])
        assert code_of(await conversation.answer(closing)) == Code.OK
        assert code_of(await conversation.answer(closing)) == Code.FAILURE
        assert (await conversation.answer(opened))[4] == 102
        conversation.close()

    running.runner.run(ask())


def test_a_made_file_is_the_same_for_its_size_and_its_content(running: Running) -> None:
    async def ask() -> None:
        conversation = Conversation(running.user, "user", running.data, running.outside, lambda _: None)
        path = b"/export/badges.csv"
        seen = await conversation.answer(Request(kind=Kind.STAT, number=1, path=path))
        await running.user.add_badge("3F420F")
        opened = await conversation.answer(Request(kind=Kind.OPEN, number=1, path=path, flags=1))
        assert await conversation.answer(Request(kind=Kind.FSTAT, number=1, handle=opened[13:17])) == seen
        conversation.close()

    running.runner.run(ask())
