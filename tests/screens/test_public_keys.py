"""Public keys on the sub-tab Passwords: listed, added by pasting or as a file, removed."""

from __future__ import annotations

from pathlib import Path

from syrupy.assertion import SnapshotAssertion

from core.api import Origin
from tests.core.ssh_keys.making import fingerprint, line, packed
from tests.screens.pictures import Picture, picture_of
from tests.screens.sitting import Sitting, sitting
from tests.screens.test_transfer import Files, KeptFiles
from tests.stations import log_in, running_station

P384 = (
    "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBGMzIwwR4FtlW4bqkA"
    "kiYtf+peRx1UUDVjeEOE1AItl54t8EmpVkN3bBeud7jvQK7vTNXv+z+HY0cpP7vMCejQ0Suf9fI5Qn5PWzqaFKOx1R"
    "TbaT5LjQ9kxqI++b/2foaw=="
)
HERE = Origin(kind="ssh", address="192.0.2.7")


async def open_keys(seat: Sitting) -> None:
    seat.app.open_page("maintenance", "passwords")
    await seat.settle()
    await seat.press("tab", "tab", "tab", "tab")
    assert "[>Public keys for SSH<]" in seat.text
    await seat.press("enter")


async def test_keys_are_listed_with_when_they_were_used_and_all_that_is_known_of_one(
    tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await log_in(core, "user")
        await admin.add_key("admin", f"{line(1)}")
        await admin.add_key("user", P384)
        await core.entrance().log_in_with_key("admin", packed(1), HERE)
        async with sitting(core) as seat:
            await open_keys(seat)
            assert ">admin   ed25519    2026-03-02 2026-03-02 technician 1" in seat.text
            assert picture_of(seat.app) == snapshot(name="two", extension_class=Picture)
            assert "user    nistp384   2026-03-02 -          SHA256:" in seat.text
            await seat.press("enter")
            assert f"Fingerprint    {fingerprint(1)}" in seat.text
            assert "By             admin ssh ::1" in seat.text
            await seat.press("enter", "escape")
            assert "Public keys for SSH" in seat.text
    async with running_station("parking-2", tmp_path / "fresh") as core, sitting(core) as seat:
        await open_keys(seat)
        assert "No public key" in seat.text
        assert picture_of(seat.app) == snapshot(name="none", extension_class=Picture)


async def test_a_pasted_line_is_added_and_a_wrong_one_can_be_mended(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await open_keys(seat)
        await seat.press("a")
        await seat.type("ssh-dss AAAA")
        await seat.press("enter")
        assert "DSA keys are not safe any more" in seat.text
        assert "ssh-dss AAAA" in seat.text
        await seat.press("ctrl+u")
        await seat.type(line().strip())
        await seat.press("enter")
        assert "Added for admin: technician 1" in seat.text
        assert await core.entrance().fits_key("admin", packed(), HERE)
        await seat.press("a")
        await seat.type(line().strip())
        await seat.press("enter")
        assert "has this key already" in seat.text


async def test_a_key_comes_as_a_file_too(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        courier = KeptFiles(left=[line().encode()])
        seat.app.files = Files((courier,))
        await open_keys(seat)
        await seat.press("a", "tab", "tab", "enter")
        assert "A public key (.pub), at most 16,384 bytes" in seat.text
        assert "ssh admin@STATION keys add admin < FILE" in seat.text
        await seat.press("c")
        assert "Added for admin: technician 1" in seat.text
        assert await core.entrance().fits_key("admin", packed(), HERE)


async def test_a_key_is_removed_after_a_question(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await (await log_in(core)).add_key("admin", line())
        async with sitting(core) as seat:
            await open_keys(seat)
            await seat.press("r")
            assert "Remove this key of admin?" in seat.text
            await seat.press("n")
            assert await core.entrance().fits_key("admin", packed(), HERE)
            await seat.press("r", "y")
            assert "Removed from admin: technician 1" in seat.text
            assert not await core.entrance().fits_key("admin", packed(), HERE)


async def test_the_user_has_no_way_to_keys(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, "user") as seat:
        seat.app.open_page("maintenance", "passwords")
        await seat.settle()
        assert "Public keys" not in seat.text


async def test_strength_is_told_while_a_password_is_typed(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, "user") as seat:
        seat.app.open_page("maintenance", "passwords")
        await seat.settle()
        assert "Strength" not in seat.text
        await seat.press("tab", "tab")
        await seat.type("Password1!")
        assert "Strength: very weak: among the first that anybody tries" in seat.text
        await seat.type("-Horse-Battery")
        assert "Strength: strong" in seat.text
