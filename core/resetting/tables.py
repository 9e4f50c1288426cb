"""What becomes of each table of the station's database when it is reset."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from core.resetting.order import Kind

Fate = Literal["goes", "stays"]


class Row(NamedTuple):
    """The fate of a table's rows in a factory reset, and when personal data are erased.

    A table that stays may still have what is personal taken out of it: `ERASED`, and the log's entries.
    """

    factory_reset: Fate
    personal_data: Fate


GOES = Row("goes", "goes")
STAYS = Row("stays", "stays")
SETTING = Row("goes", "stays")
"""What somebody set up: it is no trace of those who charge."""

TABLES: Mapping[str, Row] = MappingProxyType(
    {
        "settings": SETTING,
        "accounts": SETTING,
        "ssh_keys": SETTING,
        "resume_tokens": SETTING,
        "badges": Row("stays", "goes"),
        "badge_cache": GOES,
        "records": GOES,
        "record_holders": GOES,
        "record_days": GOES,
        "record_shares": GOES,
        "record_sums": SETTING,
        "record_floor": SETTING,
        "open_sessions": GOES,
        "parcels": SETTING,
        "publication_done": SETTING,
        "transaction_facts": GOES,
        "told_transactions": SETTING,
        "outside_orders": SETTING,
        "bms_control": SETTING,
        "charging_profiles": SETTING,
        "ocpp_keys": SETTING,
        "ocpp_kept": SETTING,
        "ocpp_list": GOES,
        "ocpp_list_version": GOES,
        "ocpp_transactions": SETTING,
        "error_history": SETTING,
        "log": STAYS,
        "log_anchor": STAYS,
        "starts": STAYS,
        "demonstration": STAYS,
        "journal_position": STAYS,
        "reset_done": STAYS,
    }
)

# Numbers and meters go on where they are: a receiver has seen the ones before.
KEEP_NUMBERS = """
INSERT OR REPLACE INTO record_floor
    SELECT 1, max(number), max(transaction_id) FROM
        (SELECT number, transaction_id FROM record_floor UNION SELECT number, transaction_id FROM records)
    HAVING count(*) > 0
"""
ERASED = (
    KEEP_NUMBERS,
    "UPDATE record_sums SET count = 0, energy_wh = 0, duration_s = 0",
    "DELETE FROM parcels WHERE sent IS NULL",
    "UPDATE outside_orders SET standing = json_remove(standing, '$.bookings')",
)
"""Statements that come before the tables go, when personal data are erased."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS reset_done (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1), id TEXT NOT NULL
);
"""


def emptied_by(kind: Kind) -> tuple[str, ...]:
    """The tables whose rows go."""
    return tuple(name for name, row in TABLES.items() if getattr(row, kind) == "goes")
