"""Packages that are altered, foreign, or not for this station: none is accepted, each says why."""

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from core.firmware.archive import pack, read_members
from core.firmware.fitting import Standing, require_fit
from core.firmware.keys import read_key
from core.firmware.making import make_package
from core.firmware.manifest import LARGEST_PACKAGE, read_manifest
from core.firmware.package import Looked, look_through
from core.firmware.tool import open_tool
from core.firmware.writing import check_tool
from core.profile import parse_profile
from tests.core.firmware.packages import (
    FOREIGN,
    KEY,
    NOTES,
    manifest_of,
    package,
    parts_of,
    profile,
    public,
    wheel,
)
from tests.core.test_profile import MINIMAL
from tests.effort import Effort

TRUSTED = tuple(key for key in (read_key(public()),) if key)


def look(content: bytes, station: Standing | None = None) -> Looked:
    """Look through a package as a station does that has version 0.1.0."""
    station = station or Standing(profile=profile(), minimum="0.1.0")
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        looked = look_through(file, TRUSTED)
        require_fit(looked.manifest, station)
        check_tool(file, looked)
        return looked


def refusal(content: bytes, station: Standing | None = None) -> str:
    with pytest.raises(Invalid) as refused:
        look(content, station)
    return refused.value.message


def test_a_package_that_is_right_is_accepted_with_its_notes() -> None:
    looked = look(package(parts=parts_of("0.2.0", board=b"image", reader=b"image")))
    assert (looked.manifest.version, looked.notes) == ("0.2.0", NOTES)


def test_other_programs_read_it_as_an_ordinary_zip() -> None:
    with zipfile.ZipFile(io.BytesIO(package())) as files:
        assert files.testzip() is None
        assert files.namelist() == ["manifest.json", "manifest.sig", "notes.txt", "tool.whl"]
        assert files.read("notes.txt").decode() == NOTES


def test_no_flipped_byte_is_accepted(effort: Effort) -> None:
    whole = package()
    choice = random.Random(7)  # noqa: S311 - places in a file.
    framing = [*range(120), *range(len(whole) - 300, len(whole))]
    places = [*framing, *(choice.randrange(len(whole)) for _ in range(effort(580, 20_000)))]
    assert len(places) >= 1_000
    for place in places:
        altered = bytearray(whole)
        altered[place] ^= 1 << choice.randrange(8)
        with pytest.raises(Invalid):
            look(bytes(altered))


def test_no_truncated_package_is_accepted_nor_one_that_was_cut_in_the_middle() -> None:
    whole = package()
    step = len(whole) // 100
    for length in (0, 1, 21, 22, *range(step, len(whole), step), len(whole) - 1):
        assert refusal(whole[:length])
        assert refusal(whole[length : len(whole)] if length else b"")
        assert refusal(whole[: length // 2] + whole[length:]) if length > 1 else True


def test_nothing_may_stand_before_behind_or_between() -> None:
    whole = package()
    for more in (b"\0", b"PK\x05\x06" + b"\0" * 18):
        assert refusal(more + whole)
        assert refusal(whole + more)


@given(st.binary(max_size=400))
def test_what_is_no_package_at_all_is_refused_in_words(content: bytes) -> None:
    assert refusal(content).startswith("This file is no firmware package: ")


def test_a_package_without_a_signature_is_refused() -> None:
    unsigned = [("manifest.json", b"{}"), ("notes.txt", b"x")]
    assert "it is not signed" in refusal(pack(unsigned))
    assert "manifest.sig has 3 bytes" in refusal(pack([*unsigned, ("manifest.sig", b"sig")]))
    assert "not of a key that this station trusts" in refusal(pack([*unsigned, ("manifest.sig", bytes(64))]))


def test_a_package_of_another_s_key_is_refused() -> None:
    assert "not of a key that this station trusts" in refusal(package(key=FOREIGN))


def test_a_station_that_trusts_nobody_takes_nothing() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(package())
        file.flush()
        with pytest.raises(Invalid, match="This station trusts no key"):
            look_through(file, ())


def test_the_signature_is_looked_at_before_any_part() -> None:
    bad_parts = {**parts_of("0.2.0"), "notes": b"\xff\xff"}
    assert "not of a key" in refusal(package(key=FOREIGN, parts=bad_parts))
    assert "not text in UTF-8" in refusal(package(parts=bad_parts))


def test_a_part_that_was_put_in_the_place_of_another_is_refused() -> None:
    parts = parts_of("0.2.0")
    other = {**parts, "tool": wheel("0.2.0", {"core/__main__.py": "evil"})}
    swapped = make_package(manifest_of("0.2.0", parts), other, KEY)
    assert "The part tool.whl is not what the manifest says" in refusal(swapped)


def test_manifest_and_contents_must_be_the_same_files() -> None:
    parts = parts_of("0.2.0")
    assert "differ in board.bin" in refusal(
        make_package(manifest_of("0.2.0", parts), {**parts, "board": b"x"}, KEY)
    )
    with_board = manifest_of("0.2.0", {**parts, "board": b"x"})
    assert "differ in board.bin" in refusal(make_package(with_board, parts, KEY))


def test_an_older_package_is_refused_and_one_of_the_same_version_taken() -> None:
    station = Standing(profile=profile(), minimum="0.10.0")
    assert "has version 0.9.9; this station takes 0.10.0 or newer" in refusal(package("0.9.9"), station)
    assert look(package("0.10"), station).manifest.version == "0.10"


def test_a_package_for_another_family_is_refused() -> None:
    assert "stations of the family wallbox, but this one is of the family parking" in refusal(
        package(families=("wallbox",))
    )


def test_a_package_that_needs_other_libraries_is_refused_with_their_names() -> None:
    needs = {"textual": "99.0", "no-such-library": "1.0", "msgspec": "0"}
    said = refusal(package(needs=needs))
    assert "no-such-library 1.0 (none)" in said
    assert "textual 99.0 (8.2.8)" in said
    assert "needs Python 3.99" in refusal(package(python="3.99"))
    assert look(package(needs={"textual": "8.2.8"})).manifest.needs


def test_firmware_for_a_board_or_reader_on_a_line_is_refused_in_words() -> None:
    real = MINIMAL + '[[board]]\ndriver = "evse_modbus"\nlink = "tcp://127.0.0.1:502"\n'
    real += '[reader]\ndriver = "evdev"\nlink = "file:///dev/input0"\n[clock]\ndriver = "system"\n'
    station = Standing(profile=parse_profile(real, name="real"), minimum="0.1.0")
    with_board = package(families=("wallbox",), parts=parts_of("0.2.0", board=b"x"))
    assert "a board of the kind evse_modbus cannot be updated over its line" in refusal(with_board, station)
    with_reader = package(families=("wallbox",), parts=parts_of("0.2.0", reader=b"x"))
    assert "a reader of the kind evdev cannot be updated over its line" in refusal(with_reader, station)
    no_reader = Standing(profile=profile("wallbox-key"), minimum="0.1.0")
    assert "this station has none" in refusal(with_reader, no_reader)


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[]",
        b'{"schema": "evtty/firmware/1"}',
        b"\xff" * 40,
        b"[" * 60_000,
    ],
)
def test_a_signed_manifest_that_cannot_be_read_is_refused(manifest: bytes) -> None:
    signed = pack([("manifest.json", manifest), ("manifest.sig", KEY.sign(manifest)), ("notes.txt", b"x")])
    assert refusal(signed)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=9,
)
RIGHT: dict[str, Any] = msgspec.to_builtins(manifest_of("0.2.0", parts_of("0.2.0")))


def said_of(work: Callable[[], object]) -> str:
    """Why it was refused, "" where it was not; anything but a refusal is raised."""
    try:
        work()
    except Invalid as refused:
        return refused.message
    return ""


@given(st.sampled_from(sorted(RIGHT)), JSON)
def test_a_signed_manifest_with_anything_in_the_place_of_a_value_is_read_or_refused_in_words(
    key: str, value: object
) -> None:
    text = msgspec.json.encode({**RIGHT, key: value})
    said = said_of(lambda: read_manifest(text))
    assert said or msgspec.to_builtins(read_manifest(text)) == {**RIGHT, key: value}


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_a_signed_tool_of_any_bytes_is_refused_in_words(more: bytes, at: int) -> None:
    right = wheel("0.2.0")
    for content in (more, right[:at] + more + right[at + len(more) :]):
        said = said_of(lambda content=content: open_tool(content, "0.2.0").close())  # type: ignore[misc]
        assert not said or "cannot be used" in said


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"minimum": "0.3.0"}, "below its own minimum"),
        ({"version": "0.2.0-rc1"}, "cannot be read"),
        ({"families": ()}, "cannot be read"),
        ({"families": ("boats",)}, "cannot be read"),
    ],
)
def test_a_signed_manifest_that_says_nonsense_is_refused(others: dict[str, Any], words: str) -> None:
    assert words in refusal(package(**others))


def test_a_package_needs_notes_and_something_to_install() -> None:
    parts = parts_of("0.2.0")
    assert "must have release notes" in refusal(package(parts={"notes": parts["notes"]}))
    assert "must have release notes" in refusal(package(parts={"tool": parts["tool"]}))


def test_a_package_that_is_too_large_is_not_even_opened() -> None:
    with tempfile.TemporaryFile() as file:
        file.truncate(LARGEST_PACKAGE + 1)
        with pytest.raises(Invalid, match=f"at most {LARGEST_PACKAGE:,} bytes"):
            look_through(file, TRUSTED)


def by_zipfile(change: Callable[[zipfile.ZipFile], None], method: int = zipfile.ZIP_STORED) -> bytes:
    """What an ordinary program makes of the parts, with something beside."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package())) as files, zipfile.ZipFile(made, "w", method) as other:
        for entry in files.infolist():
            other.writestr(entry if method == zipfile.ZIP_STORED else entry.filename, files.read(entry))
        change(other)
    return made.getvalue()


def plain(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.external_attr = 0o100600 << 16
    return entry


def twice(files: zipfile.ZipFile) -> None:
    files.writestr(plain("notes.txt"), "x")


def link(files: zipfile.ZipFile) -> None:
    entry = plain("link.txt")
    entry.external_attr = 0o120777 << 16
    files.writestr(entry, "/etc/passwd")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (twice, "two files called notes.txt"),
        (lambda files: files.writestr("../up.txt", "x"), "a path that no part has"),
        (lambda files: files.writestr("/etc/passwd", "x"), "a path that no part has"),
        (lambda files: files.writestr("folder/notes.txt", "x"), "a path that no part has"),
        (lambda files: files.mkdir("folder"), "a path that no part has"),
        (link, "is not an ordinary file"),
        (lambda files: setattr(files, "comment", b"hello"), "does not end like a zip"),
        (lambda files: files.writestr("Notes.TXT", "x"), "a path that no part has"),
    ],
)
def test_duplicates_links_paths_and_folders_are_refused(
    change: Callable[[zipfile.ZipFile], None], words: str
) -> None:
    assert words in refusal(by_zipfile(change))


def test_two_files_of_one_name_are_refused_even_in_the_right_form() -> None:
    twice = pack([("notes.txt", b"one"), ("notes.txt", b"two")])
    assert "two files called notes.txt" in refusal(twice)


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    bomb = by_zipfile(lambda files: files.writestr("board.bin", bytes(1 << 24)), zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    assert "its files are compressed" in refusal(bomb)


def test_sizes_that_do_not_fit_are_refused() -> None:
    whole = bytearray(package())
    at = whole.rindex(b"PK\x01\x02")
    whole[at + 20 : at + 28] = b"\xff" * 8  # What zip64 puts there.
    assert refusal(bytes(whole))


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"core/../../x.py": ""}, "has the name"),
        ({"/abs/core/x.py": ""}, "has the name"),
        ({"sitecustomize.py": ""}, "has the name"),
        ({"other/__init__.py": ""}, "has the name"),
        ({"Core/__init__.py": ""}, "has the name"),
        ({"core/A.py": "", "core/a.py": ""}, "two files"),
        ({"core/zeros.bin": "0" * (1 << 21)}, "expands too far"),
    ],
)
def test_a_signed_tool_that_could_write_elsewhere_or_expands_without_end_is_refused(
    files: dict[str, str], words: str
) -> None:
    modules = {"core/__main__.py": "", "console/__main__.py": "", **files}
    assert words in refusal(package(parts={**parts_of("0.2.0"), "tool": wheel("0.2.0", modules)}))


def test_a_tool_that_is_packed_in_an_unusual_way_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as files:
        files.writestr("core/__main__.py", "")
    parts = {**parts_of("0.2.0"), "tool": packed.getvalue()}
    assert "packed in an unusual way" in refusal(package(parts=parts))


def test_a_tool_that_is_no_evtty_or_of_another_version_is_refused() -> None:
    parts = parts_of("0.2.0")
    assert "is no sound wheel" in refusal(package(parts={**parts, "tool": b"no wheel at all"}))
    assert "it has no core/__main__.py" in refusal(
        package(parts={**parts, "tool": wheel("0.2.0", {"screens/x.py": ""})})
    )
    assert "says that it has version 0.3.0" in refusal(package(parts={**parts, "tool": wheel("0.3.0")}))


@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True), st.binary(max_size=40), min_size=1, max_size=8
    )
)
def test_whatever_is_packed_is_read_back(parts: dict[str, bytes]) -> None:
    content = pack(parts.items())
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        members = read_members(file, len(content))
        assert {name: content[each.at :][: each.size] for name, each in members.items()} == parts


def test_a_profile_names_the_keys_and_refuses_what_is_none() -> None:
    right = f'{MINIMAL}[firmware]\nkeys = ["{public()}"]\n'
    assert parse_profile(right, name="x").firmware_keys == (public(),)
    for wrong in ('"x"', '["short"]', "[1]", '["!!!!"]', str([public()] * 9)):
        with pytest.raises(Invalid, match=r"firmware\.keys"):
            parse_profile(f"{MINIMAL}[firmware]\nkeys = {wrong}\n", name="x")
