"""No path leads out of the drop box, and no name makes a file anywhere else."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.drop_box.places import FOLDERS, LONGEST_NAME, Folder, Place, is_name, require_name, resolve
from core.errors import Invalid

PARTS = st.sampled_from(
    ["..", ".", "", "incoming", "export", "etc", "badges.csv", "\0", "Incoming", "~", "\\.."]
)
PATHS = st.lists(PARTS, max_size=8).map("/".join) | st.text(max_size=40)


@given(PATHS)
@example("/../../../etc/passwd")
@example("//incoming//../export/./badges.csv")
def test_every_path_is_a_place_of_the_drop_box_or_none(path: str) -> None:
    place = resolve(path.encode("utf-8", "surrogatepass"))
    if place is None:
        return
    assert place.folder in (None, *FOLDERS)
    assert "/" not in place.name
    assert place.name not in (".", "..")
    assert place.folder or not place.name
    assert resolve(place.path.encode("utf-8", "surrogatepass")) == place
    assert place.path == posixpath.normpath("/" + path.lstrip("/"))


@given(st.binary(max_size=60))
def test_bytes_that_are_no_text_are_no_path(path: bytes) -> None:
    place = resolve(path)
    assert place is None or place.path.encode()


@pytest.mark.parametrize("path", [b"/etc/passwd", b"/incoming/x/y.csv", b"/export/..x/a", b"/" + b"a" * 2000])
def test_what_the_drop_box_cannot_have_is_nowhere(path: bytes) -> None:
    assert resolve(path) is None


def test_a_path_without_a_slash_begins_at_the_root() -> None:
    assert resolve(b"incoming/badges.csv") == Place(folder="incoming", name="badges.csv")
    assert resolve(b"") == resolve(b".") == resolve(b"/..") == Place()


@given(st.sampled_from(tuple(FOLDERS)), st.text(max_size=80) | st.from_regex(r"[A-Za-z0-9._/-]{0,70}\.csv"))
def test_a_name_is_plain_or_refused_in_words(folder: Folder, name: str) -> None:
    if is_name(folder, name):
        assert name.isascii()
        assert 0 < len(name) <= LONGEST_NAME
        assert name[0].isalnum()
        assert not set(name) & set("/\\\0 \n~*")
        assert name.lower().endswith(tuple(FOLDERS[folder]))
    else:
        with pytest.raises(Invalid, match=r"\."):
            require_name(folder, name)


@pytest.mark.parametrize(
    "name", ["badges.csv", "BADGES.CSV", "a.cfg", "firmware-1.2.3.zip", "9.csv", "a" * 60 + ".csv"]
)
def test_usual_names_are_taken(name: str) -> None:
    assert is_name("incoming", name)


@pytest.mark.parametrize(
    "name",
    [
        ".csv",
        "-a.csv",
        "_a.csv",
        "a b.csv",
        "a.exe",
        "a.html",
        "a.csv ",
        "a.csv\n",
        "ä.csv",
        "a" * 61 + ".csv",
    ],
)
def test_other_names_are_not(name: str) -> None:
    assert not is_name("incoming", name)


def test_a_temporary_name_is_refused_with_what_to_do_about_it() -> None:
    with pytest.raises(Invalid) as refused:
        require_name("incoming", "badges.csv.filepart")
    assert "Switch off" in refused.value.message
