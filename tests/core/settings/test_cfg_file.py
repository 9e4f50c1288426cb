"""The `.cfg` file: what is written, and what any bytes come to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.settings import cfg_file
from core.values.config import LARGEST_CONFIG
from tests.core.settings.cfg_files import file_of, imported, planned, settled, shown, values_of
from tests.core.settings.stations import SHIPPED, fresh

HEAD = "format = 1\nversion = 0.1.0\nfamily = parking\n"


def faults(text: str | bytes, name: str = "parking-2") -> list[str]:
    """Every fault of a file, in words."""
    settings = fresh(name)
    before = shown(settings)
    _, found = planned(settings, name, text if isinstance(text, bytes) else text.encode())
    assert shown(settings) == before
    assert found.changes == () or not found.problems
    return [problem.message for problem in found.problems]


@given(name=st.sampled_from([*SHIPPED, "parking-without-reader"]), drawn=st.data())
def test_what_one_station_exports_makes_any_other_of_its_kind_the_same(
    name: str, drawn: st.DataObject
) -> None:
    first = settled(name, drawn.draw(values_of(name)))
    second = settled(name, {**drawn.draw(values_of(name)), "supervision.protocol": "none"})
    file = file_of(first, name)
    found = imported(second, name, file)
    assert shown(second) == shown(first)
    assert file_of(second, name) == file
    assert found.left == ()
    assert imported(second, name, file).changes == ()


@given(file=st.binary() | st.text().map(str.encode))
def test_any_bytes_are_refused_with_reasons_or_mean_something_whole(file: bytes) -> None:
    assert faults(file)


@given(drawn=st.data())
def test_a_file_that_was_damaged_is_taken_whole_or_refused_line_by_line(drawn: st.DataObject) -> None:
    file = file_of(fresh(), "parking-2")
    place = drawn.draw(st.integers(0, len(file)))
    end = drawn.draw(st.integers(place, min(len(file), place + 200)))
    damaged = file[:place] + drawn.draw(st.binary(max_size=8)) + file[end:]
    settings = fresh()
    plan, found = planned(settings, "parking-2", damaged)
    if found.problems:
        assert found.changes == ()
        assert all(problem.message for problem in found.problems)
    else:
        settings.accept(plan)
        assert settings.inconsistencies() == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "This is no configuration of a station: format, family is missing on top"),
        ("family = parking\n", "format is missing on top"),
        ("format = 1\n", "family is missing on top"),
        (HEAD.replace("= 1", "= 2"), "Line 1: the file has the format 2, but this version only knows 1"),
        (
            HEAD.replace("parking", "wallbox"),
            "Line 3: the file is for stations of the family wallbox, but this one is of the family parking",
        ),
        (f"{HEAD}general.station_type\n", "Line 4: key = value is expected here, or # before a comment"),
        (f"{HEAD}General Type = x\n", "Line 4: what stands before = is no name of a setting"),
        (f"{HEAD}= x\n", "Line 4: what stands before = is no name of a setting"),
        (
            f"{HEAD}general.station_typ = standalone\n",
            "Line 4: general.station_typ: there is no such setting; did you mean general.station_type?",
        ),
        (
            f"{HEAD}wifi.ssid = a\n",
            "Line 4, wifi.ssid: Network name (SSID): no station of the family parking",
        ),
        (
            f"{HEAD}socket.1.derated_current = 33\n",
            "Line 4, socket.1.derated_current: Derated charging current: 0 to 32 A, got 33",
        ),
        (f"{HEAD}socket.1.rated_current = 32\n", "fixed at the factory; take the line out"),
        (f"{HEAD}network.ip_address_2 = 10.0.0.1\n", "follows from other settings; take the line out"),
        (
            f"{HEAD}time.zone = UTC\n\n# again\ntime.zone = UTC\n",
            "Line 7: time.zone is on line 4 already",
        ),
        (f"{HEAD}family = parking\n", "Line 4: family is on line 3 already"),
        (
            f"{HEAD}time.zone = Europe/Paris # here\n",
            "Line 4, time.zone: a value with # stands in quotation marks",
        ),
        (
            f"{HEAD}network.default_gateway = 10.0.0.1\n",
            "Line 4, network.default_gateway: Default gateway: 10.0.0.1 is not in the station's subnet",
        ),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_is_allowed(text: str, reason: str) -> None:
    (only,) = faults(text)
    assert reason in only


def test_every_faulty_line_is_told_at_once_in_order() -> None:
    text = f"{HEAD}one\nmeter.1.rtu_address = 0\ntime.zone = Nowhere\nnetwork.default_gateway = 10.0.0.1\n"
    assert [fault.split(":")[0].split(",")[0] for fault in faults(text)] == [
        "Line 4",
        "Line 5",
        "Line 6",
        "Line 7",
    ]


def test_a_secret_is_refused_and_no_fault_repeats_it() -> None:
    lines = (
        "publication.smtp.password = Canary-0451",
        "publication.smtp.password Canary-0451",
        'publication.ftp.password = "Canary-0451',
        "Canary-0451 = x",
    )
    told = faults(HEAD + "\n".join(lines))
    assert len(told) == len(lines)
    assert "never taken from a file" in told[0]
    assert "Canary" not in "".join(told)


@pytest.mark.parametrize(
    "as_saved",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.replace(" = ", "=").replace("\n", "  \n\t").encode(),
    ],
    ids=["with a mark", "of Windows", "of an old Mac", "with other blanks"],
)
def test_an_editor_may_save_the_file_in_its_own_way(as_saved: Callable[[str], bytes]) -> None:
    first = settled("parking-2", {"time.zone": "Europe/Paris", "publication.http.path": "/a#b"})
    second = fresh()
    imported(second, "parking-2", as_saved(file_of(first, "parking-2").decode()))
    assert shown(second) == shown(first)


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_file_in_another_encoding_is_refused_with_its_line(encoding: str) -> None:
    (only,) = faults(f"{HEAD}# Müller\n".encode(encoding))
    assert only.endswith("this is no UTF-8 text. Save the file as UTF-8")


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    assert "too large" in faults(b"#" * (LARGEST_CONFIG + 1))[0]
    assert "more than" in faults("\n" * (cfg_file.MOST_LINES + 1))[0]


def test_the_longest_file_of_a_station_is_far_below_the_limit() -> None:
    block = "-----BEGIN CERTIFICATE-----\n" + ("A" * 76 + "\n") * 127 + "-----END CERTIFICATE-----\n"
    settings = settled(
        "parking-2",
        {
            "general.station_type": "supervised",
            "supervision.ca_certificate": block,
            "supervision.client_certificate": block,
        },
    )
    assert len(file_of(settings, "parking-2")) < LARGEST_CONFIG / 2
