"""Files of the drop box on the disk: private, whole, few enough, and never a way to another file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.drop_box import shelf as shelf_module
from console.drop_box.places import FOLDERS
from console.drop_box.shelf import MOST_FILES, Shelf
from core.errors import Busy, Invalid, NotFound, StorageFull


@pytest.fixture
def incoming(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path, "admin", "incoming")


def put(shelf: Shelf, name: str, content: bytes) -> None:
    upload = shelf.receive(name)
    upload.write(0, content)
    upload.settle()
    upload.keep()


def content(shelf: Shelf, name: str) -> bytes:
    with shelf.open(name) as file:
        return file.read()


def test_a_file_is_seen_when_it_is_whole_and_only_by_this_user(incoming: Shelf, tmp_path: Path) -> None:
    upload = incoming.receive("a.csv")
    upload.write(0, b"12")
    assert incoming.files() == ()
    upload.settle()
    upload.keep()
    upload.drop()
    assert [(file.name, file.size) for file in incoming.files()] == [("a.csv", 2)]
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "drop-box").rglob("*")}
    assert modes == {"admin": 0o700, "incoming": 0o700, "a.csv": 0o600}


def test_a_dropped_file_leaves_nothing_and_the_one_before_it_stays(incoming: Shelf, tmp_path: Path) -> None:
    put(incoming, "a.csv", b"before")
    upload = incoming.receive("a.csv")
    upload.write(0, b"half")
    upload.drop()
    assert [path.name for path in (tmp_path / "drop-box/admin/incoming").iterdir()] == ["a.csv"]
    assert content(incoming, "a.csv") == b"before"
    put(incoming, "a.csv", b"after")
    assert content(incoming, "a.csv") == b"after"


def test_a_file_has_one_writer(incoming: Shelf) -> None:
    first = incoming.receive("a.csv")
    with pytest.raises(Busy):
        incoming.receive("a.csv")
    incoming.receive("b.csv").drop()
    first.drop()
    incoming.receive("a.csv").drop()


@given(st.lists(st.tuples(st.integers(0, 60), st.binary(max_size=30)), max_size=12))
def test_what_comes_in_any_order_without_gaps_is_what_is_kept(
    tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[int, bytes]]
) -> None:
    shelf = Shelf(tmp_path_factory.mktemp("box"), "admin", "incoming")
    upload = shelf.receive("a.csv")
    expected = bytearray()
    for offset, piece in writes:
        if offset > len(expected):
            with pytest.raises(Invalid, match="without gaps"):
                upload.write(offset, piece)
            with pytest.raises(Invalid, match="without gaps"):
                upload.settle()
            upload.drop()
            assert shelf.files() == ()
            return
        upload.write(offset, piece)
        expected[offset : offset + len(piece)] = piece
    upload.settle()
    upload.keep()
    assert content(shelf, "a.csv") == expected


def test_each_kind_has_its_largest_size(incoming: Shelf) -> None:
    most = FOLDERS["incoming"][".cfg"]
    put(incoming, "most.cfg", b"x" * most)
    upload = incoming.receive("more.cfg")
    upload.write(0, b"x" * most)
    with pytest.raises(Invalid, match=f"{most:,} bytes"):
        upload.write(most, b"x")
    with pytest.raises(Invalid):
        upload.write(2**63, b"x")
    upload.drop()


def test_a_full_box_takes_no_further_file_but_the_next_of_a_name(incoming: Shelf) -> None:
    for number in range(MOST_FILES):
        put(incoming, f"{number}.csv", b"x")
    with pytest.raises(Invalid, match=f"{MOST_FILES} files"):
        incoming.receive("one-more.csv")
    put(incoming, "3.csv", b"again")
    incoming.remove("4.csv")
    put(incoming, "one-more.csv", b"x")


def test_all_files_together_have_a_largest_size(incoming: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_module, "MOST_BYTES", 100)
    put(incoming, "a.csv", b"x" * 60)
    upload = incoming.receive("b.csv")
    with pytest.raises(Invalid, match="100 bytes in all"):
        upload.write(0, b"x" * 41)
    upload.drop()
    put(incoming, "b.csv", b"x" * 40)
    incoming.remove("b.csv")
    put(incoming, "a.csv", b"y" * 100)


def test_a_disk_with_little_room_takes_nothing(incoming: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.drop_box.room.FREE_SPACE", 2**62)
    upload = incoming.receive("b.csv")
    with pytest.raises(StorageFull):
        upload.write(0, b"x")
    upload.drop()


def test_what_is_no_plain_file_is_not_there(incoming: Shelf, tmp_path: Path) -> None:
    incoming.files()
    folder = tmp_path / "drop-box/admin/incoming"
    (tmp_path / "secret.key").write_text("canary")
    (folder / "link.csv").symlink_to(tmp_path / "secret.key")
    (folder / "folder.csv").mkdir()
    os.mkfifo(folder / "pipe.csv")
    (folder / ".link.cfg").symlink_to(tmp_path / "secret.key")
    assert incoming.files() == ()
    for name in ("link.csv", "folder.csv", "pipe.csv", "../../../secret.key", ".link.cfg", ""):
        with pytest.raises(NotFound):
            incoming.open(name)
        with pytest.raises(NotFound):
            incoming.remove(name)
    with pytest.raises(OSError, match="symbolic"):
        incoming.receive("link.cfg")
    put(incoming, "link.csv", b"replaces the link")
    assert (tmp_path / "secret.key").read_text() == "canary"


def test_a_folder_that_was_replaced_by_a_link_is_not_entered(incoming: Shelf, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "drop-box/admin").mkdir(parents=True)
    (tmp_path / "drop-box/admin/incoming").symlink_to(outside)
    for act in (incoming.files, lambda: incoming.receive("a.csv")):
        with pytest.raises(OSError, match="Not a directory"):
            act()
    assert list(outside.iterdir()) == []
