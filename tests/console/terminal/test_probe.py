"""The probe of a serial terminal, its answers and their lateness turned by hand."""

import pytest

from console.terminal.probe import APART, ProbeResult, probe

SIZE_ASKED = b"\x1b7\x1b[r\x1b[999;999H\x1b[6n\x1b8"


class ScriptedTerminal:
    """Answers each question as told, after so many seconds."""

    def __init__(self, *answers: tuple[float, bytes]) -> None:
        self.answers = list(answers)
        self.arriving: list[tuple[float, bytes]] = []
        self.time = 100.0
        self.written = b""
        self.follow: list[tuple[float, bytes]] = []

    def write(self, data: bytes) -> None:
        self.written += data
        if self.answers and b"\x1b[6n" in data:
            delay, answer = self.answers.pop(0)
            self.arriving.append((self.time + delay, answer))
            self.arriving += [(self.time + later, more) for later, more in self.follow]
            self.follow = []

    async def listen(self, seconds: float) -> bytes:
        until = self.time + seconds
        if self.arriving and self.arriving[0][0] <= until:
            at, answer = self.arriving.pop(0)
            self.time = max(self.time, at)
            return answer
        self.time = until
        return b""

    def now(self) -> float:
        return self.time

    async def probed(self) -> ProbeResult:
        return await probe(self.write, self.listen, self.now)


async def test_a_terminal_that_takes_utf8_is_basic_in_its_own_size() -> None:
    found = await ScriptedTerminal((0.1, b"\x1b[40;132R"), (0.1, b"\x1b[3;2R")).probed()
    assert (found.profile.name, found.columns, found.rows, found.answered) == ("basic", 132, 40, True)


async def test_a_terminal_that_shows_two_characters_for_one_stays_serial() -> None:
    found = await ScriptedTerminal((0.1, b"\x1b[24;80R"), (0.1, b"\x1b[3;3R")).probed()
    assert (found.profile.name, found.columns, found.rows) == ("serial", 80, 24)


async def test_a_silent_terminal_is_80x24_and_serial_after_one_second() -> None:
    terminal = ScriptedTerminal()
    found = await terminal.probed()
    assert (found.profile.name, found.columns, found.rows, found.answered) == ("serial", 80, 24, False)
    assert terminal.time == 101.0
    assert terminal.written == SIZE_ASKED


async def test_an_answer_after_a_second_is_thrown_away() -> None:
    found = await ScriptedTerminal((1.5, b"\x1b[40;132R")).probed()
    assert (found.columns, found.rows) == (80, 24)


async def test_a_late_answer_about_the_size_is_not_one_about_characters() -> None:
    terminal = ScriptedTerminal((0.2, b"\x1b[40;132R"), (0.2, b"\x1b[40;132R"))
    assert (await terminal.probed()).profile.name == "serial"


async def test_keys_pressed_meanwhile_do_not_disturb() -> None:
    found = await ScriptedTerminal((0.1, b"\r\rx\x1b[40;132R\x1b[A"), (0.1, b"q\x1b[3;2R")).probed()
    assert (found.profile.name, found.columns) == ("basic", 132)


async def test_a_size_that_cannot_be_is_not_believed() -> None:
    found = await ScriptedTerminal((0.1, b"\x1b[1;1R"), (0.1, b"\x1b[3;2R")).probed()
    assert (found.profile.name, found.columns, found.rows) == ("serial", 80, 24)


async def test_an_answer_in_pieces_is_put_together() -> None:
    terminal = ScriptedTerminal((0.1, b"\x1b[24"), (0.1, b"\x1b[3;3R"))
    terminal.follow = [(0.4, b";132R")]
    assert (await terminal.probed()).columns == 132


async def test_the_two_bytes_of_a_character_come_apart_as_on_a_slow_line() -> None:
    terminal = ScriptedTerminal((0.1, b"\x1b[24;80R"), (0.1, b"\x1b[3;2R"))
    written: list[tuple[float, bytes]] = []

    def write(data: bytes) -> None:
        written.append((terminal.time, data))
        terminal.write(data)

    assert (await probe(write, terminal.listen, terminal.now)).profile.name == "basic"
    (first_at, first), (second_at, second) = written[1:]
    assert (first[-1:], second[:1]) == (b"\xc3", b"\xa9")
    assert second_at - first_at == pytest.approx(APART)
