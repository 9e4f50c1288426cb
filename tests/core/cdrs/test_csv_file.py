"""The charge records file: its exact form, and back again."""

import csv
import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cdrs.csv_file import (
    DECIMAL_SEPARATORS,
    FIELD_SEPARATORS,
    MORE_TITLES,
    TITLES,
    CsvForm,
    duration_text,
    lines,
    title_line,
)
from core.spreadsheet import defused, restored
from core.values.exports import DecimalSeparator, FieldSeparator
from core.values.records import ChargeRecord
from tests.core.cdrs.csv_reader import NotRecords, parse

OSLO = ZoneInfo("Europe/Oslo")


def record(**changes: object) -> ChargeRecord:
    facts: dict[str, object] = {
        "number": 7,
        "station": "4K261120417A2P2T2320000417",
        "socket": 1,
        "transaction_id": 72393,
        "uid": "E1EB1C02",
        "charge_type": "AC_SINGLE_PHASE",
        "start": datetime(2026, 4, 3, 13, 14, tzinfo=UTC),
        "end": datetime(2026, 4, 3, 15, 19, 6, tzinfo=UTC),
        "energy_kwh": 12.3456,
        "socket_type": "TYPE2",
        "duration_s": 7506,
        "comment": "Pool car 1",
        "stop_reason": "badge",
        "meter_start_wh": 0,
        "meter_stop_wh": 12346,
        "phases": 1,
    }
    return ChargeRecord(**(facts | changes))  # type: ignore[arg-type]


def text(
    *records: ChargeRecord,
    fields: FieldSeparator = "semicolon",
    decimal: DecimalSeparator = "comma",
    more: bool = False,
) -> str:
    form = CsvForm(zone=OSLO, field_separator=fields, decimal_separator=decimal, more_columns=more)
    return title_line(form) + lines(records, form)


def test_the_file_has_exactly_the_guides_form() -> None:
    assert text(record()) == (
        "Charge number;Charging station;Socket ID;Transaction ID;UID;Type of charge;Start time;End time;"
        "Energy (kWh);Socket Type;Duration;Comment\r\n"
        "7;4K261120417A2P2T2320000417;1;72393;E1EB1C02;AC_SINGLE_PHASE;2026-04-03 15:14;2026-04-03 17:19;"
        "12,346;TYPE2;02:05:06;Pool car 1\r\n"
    )


@pytest.mark.parametrize(
    ("fields", "decimal", "energy"),
    [("semicolon", "dot", ";12.346;"), ("comma", "comma", ',"12,346",'), ("tab", "comma", "\t12,346\t")],
)
def test_separators_are_as_set(fields: FieldSeparator, decimal: DecimalSeparator, energy: str) -> None:
    assert energy in text(record(), fields=fields, decimal=decimal)


def test_a_file_without_records_has_its_titles() -> None:
    assert text() == ";".join(TITLES) + "\r\n"


def test_our_own_columns_come_only_where_they_are_asked_for() -> None:
    title, line, _ = text(record(phases=3, max_power_w=11000), more=True).split("\r\n")
    assert title == ";".join(TITLES + MORE_TITLES)
    assert line.endswith("Pool car 1;badge;0;12346;0;11000;3")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=x"])
def test_what_a_spreadsheet_would_run_is_defused(cell: str) -> None:
    assert defused(cell).startswith("'")
    assert restored(defused(cell)) == cell


@given(st.text())
def test_a_defused_cell_comes_back_and_is_never_run(cell: str) -> None:
    assert restored(defused(cell)) == cell
    assert not defused(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("seconds", "duration"), [(0, "00:00:00"), (59, "00:00:59"), (3661, "01:01:01"), (360_000, "100:00:00")]
)
def test_durations_count_hours_beyond_a_day(seconds: int, duration: str) -> None:
    assert duration_text(seconds) == duration


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=50)


@given(
    comment=words,
    energy=st.integers(min_value=0, max_value=10**7),
    start=st.datetimes(min_value=datetime(2018, 1, 1), max_value=datetime(2040, 1, 1)),  # noqa: DTZ001
    duration=st.integers(min_value=0, max_value=10**6),
    fields=st.sampled_from(["semicolon", "comma", "tab"]),
    decimal=st.sampled_from(["comma", "dot"]),
)
def test_a_file_can_be_read_back(
    comment: str,
    energy: int,
    start: datetime,
    duration: int,
    fields: FieldSeparator,
    decimal: DecimalSeparator,
) -> None:
    began = start.replace(tzinfo=UTC)
    given_record = record(
        comment=comment,
        energy_kwh=energy / 1000,
        start=began,
        end=began + timedelta(seconds=duration),
        duration_s=duration,
    )
    (line,) = parse(
        text(given_record, fields=fields, decimal=decimal), field_separator=fields, decimal_separator=decimal
    )
    assert line.comment == comment
    assert line.energy_kwh == pytest.approx(energy / 1000, abs=1e-9)
    assert line.duration_s == duration
    assert line.start == began.astimezone(OSLO).replace(tzinfo=None, second=0, microsecond=0, fold=0)


@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=4, max_size=4),
    energy=st.integers(min_value=-5, max_value=10**7),
    fields=st.sampled_from(["semicolon", "comma", "tab"]),
    decimal=st.sampled_from(["comma", "dot"]),
)
def test_lines_are_those_that_pythons_csv_writes(
    texts: list[str], energy: int, fields: FieldSeparator, decimal: DecimalSeparator
) -> None:
    uid, comment, station, kind = texts
    one = record(uid=uid, comment=comment, station=station, charge_type=kind, energy_kwh=energy / 1000)
    cells = [
        *("7", defused(station), "1", "72393", defused(uid), defused(kind), "2026-04-03 15:14"),
        *("2026-04-03 17:19", f"{energy / 1000:.3f}".replace(".", DECIMAL_SEPARATORS[decimal])),
        *("TYPE2", "02:05:06", defused(comment)),
    ]
    written = io.StringIO()
    csv.writer(written, delimiter=FIELD_SEPARATORS[fields], lineterminator="\r\n").writerows([TITLES, cells])
    assert text(one, fields=fields, decimal=decimal) == written.getvalue()


@given(
    comment=words,
    stop_reason=words,
    figures=st.lists(st.integers(min_value=0, max_value=10**12), min_size=4, max_size=4),
    phases=st.integers(min_value=1, max_value=3),
)
def test_our_own_columns_can_be_read_back(
    comment: str, stop_reason: str, figures: list[int], phases: int
) -> None:
    start, stop, mean, highest = figures
    one = record(
        comment=comment,
        stop_reason=stop_reason,
        meter_start_wh=start,
        meter_stop_wh=stop,
        mean_power_w=mean,
        max_power_w=highest,
        phases=phases,
    )
    (line,) = parse(text(one, more=True))
    assert (line.comment, line.stop_reason, line.phases) == (comment, stop_reason, phases)
    assert [line.meter_start_wh, line.meter_stop_wh, line.mean_power_w, line.max_power_w] == figures


@given(words)
def test_every_row_has_twelve_cells_whatever_the_comment(comment: str) -> None:
    rows = list(csv.reader(io.StringIO(text(record(comment=comment)), newline=""), delimiter=";"))
    assert [len(row) for row in rows] == [12, 12]


@pytest.mark.parametrize("wrong", ["", "a;b\r\n", ";".join(TITLES) + "\r\n1;2;3\r\n", "\x00"])
def test_anything_else_is_refused_with_its_line(wrong: str) -> None:
    with pytest.raises(NotRecords, match="Line"):
        parse(wrong)
