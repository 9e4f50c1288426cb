"""The file of badges: what was exported is imported as it was, and no bytes do harm."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.badges.csv_file import MOST_BADGES, MOST_BYTES, BadgeFile, Line, file_of, read
from core.values.badges import Badge
from tests.core.badges.drawing import FILES, REGISTERS

ANNA = Badge(number=7, uid="E1EB1C02", type="user", comment="Anna")
BERTA = Badge(number=9, uid="3F420F", type="admin", comment="")
TITLES = "Badge number,Identifier,Type,Comment"


def lines(badges: tuple[Badge, ...]) -> tuple[Line, ...]:
    return tuple(
        Line(number=each.number, uid=each.uid, type=each.type, comment=each.comment) for each in badges
    )


def problems(file: BadgeFile) -> list[str]:
    return [problem.message for problem in file.problems]


@given(REGISTERS)
def test_an_exported_list_is_read_as_it_was(badges: tuple[Badge, ...]) -> None:
    assert read(file_of(badges)) == BadgeFile(lines=lines(badges), seal="intact")


def test_the_file_looks_as_it_is_promised() -> None:
    text = file_of((ANNA, BERTA)).decode("utf-8-sig")
    head = f"{TITLES}\r\n7,E1EB1C02,User,Anna\r\n9,3F420F,Admin,\r\nSeal,"
    assert text.startswith(head)
    assert text.endswith(",SHA-256,2\r\n")


@given(REGISTERS)
def test_no_cell_is_a_formula_nor_steers_a_terminal(badges: tuple[Badge, ...]) -> None:
    text = file_of(badges).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    assert "\x1b" not in text


@given(REGISTERS, st.sampled_from([";", "\t"]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_spreadsheet_may_save_it_with_other_separators_and_line_ends(
    badges: tuple[Badge, ...], separator: str, end: str
) -> None:
    rows = list(csv.reader(io.StringIO(file_of(badges).decode("utf-8-sig"), newline="")))
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(rows)
    assert read(text.getvalue().encode()) == BadgeFile(lines=lines(badges), seal="intact")


@given(REGISTERS.filter(bool), st.data())
def test_every_edit_breaks_the_seal(badges: tuple[Badge, ...], data: st.DataObject) -> None:
    file = file_of(badges).decode()
    rows = file.split("\r\n")
    place = data.draw(st.integers(1, len(badges)))
    edited = rows[:place] + rows[place + 1 :]
    assert read("\r\n".join(edited).encode()).seal == "broken"
    doubled = [*rows[:-2], "123456789,ABCDEF,VIP,added", *rows[-2:]]
    assert read("\r\n".join(doubled).encode()).seal == "broken"


def test_what_follows_the_seal_breaks_it() -> None:
    assert read(file_of((ANNA,)) + b"9,3F420F,Admin,\r\n").seal == "broken"


def test_a_list_without_a_seal_is_read_and_told_apart() -> None:
    found = read(f"{TITLES}\n,e1:eb:1c:02,vip,\n".encode())
    line = Line(number=None, uid="E1EB1C02", type="vip", comment="")
    assert found == BadgeFile(lines=(line,), seal="missing")


def test_every_faulty_line_is_named_and_nothing_else() -> None:
    text = "\n".join(
        [
            TITLES,
            "1,E1EB1C02,User,good",
            "x,AABBCC,User,",
            "",
            "2,AABB,User,",
            "3,AABBCC,King,",
            "4,AABBCC,User",
            f"5,AABBCC,User,{'x' * 51}",
            '6,AABBCC,User,"never closed',
            "1,DDEEFF,User,",
            "7,e1eb1c02,User,",
            "0,112233,User,",
        ]
    )
    found = read(text.encode())
    assert [line.split(":")[0] for line in problems(found)] == [
        f"Line {number}" for number in (3, 5, 6, 7, 8, 10, 11, 12)
    ]
    assert "in line 2 already" in problems(found)[-2]
    assert [line.uid for line in found.lines] == ["E1EB1C02", "AABBCC"]


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"", "Line 1: the titles"),
        (b"\x00\xff\xfe", "Line 1: this is no UTF-8"),
        (TITLES.encode() + b"\n1,E1EB1C02,User,\xfc\n", "Line 2: this is no UTF-8"),
        (b"x" * (MOST_BYTES + 1), "too large"),
        (TITLES.encode() + b"\n" * (2 * MOST_BADGES + 1), "more than"),
    ],
)
def test_what_is_no_list_is_refused_in_words(file: bytes, says: str) -> None:
    (told,) = problems(read(file))
    assert says in told


def test_a_cell_longer_than_any_is_a_faulty_line() -> None:
    assert len(problems(read(f'{TITLES}\n1,AABBCC,User,"{"x" * 200_000}\n2,DDEEFF,User,\n'.encode()))) == 1


@example(b'Badge number,Identifier,Type,Comment\n1,"AABBCC,User,\n\x00,,,\n"')
@given(FILES)
def test_no_bytes_crash_the_reading(file: bytes) -> None:
    found = read(file)
    assert all("{" not in message or "{" in file.decode("utf-8", "replace") for message in problems(found))
    assert len({line.uid for line in found.lines}) == len(found.lines)
