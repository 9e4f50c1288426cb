"""Every table of the station's database, and what an older database lacks."""

from __future__ import annotations

from core import accounts, audit, charging, sessions
from core.badges import cache
from core.badges import table as badges
from core.bms import control as bms_control
from core.cdrs import table as records
from core.error_history import table as past_errors
from core.ocpp import kept, key_table, list_table, named
from core.ocpp.smart_charging import table as charging_profiles
from core.publication import table as parcels
from core.resetting import tables
from core.settings import table as settings_table
from core.ssh_keys import table as ssh_keys

STARTS = """
CREATE TABLE IF NOT EXISTS starts (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), count INTEGER NOT NULL);
INSERT OR IGNORE INTO starts VALUES (1, 0);
"""
SCHEMA = (
    STARTS,
    settings_table.SCHEMA,
    accounts.SCHEMA,
    sessions.SCHEMA,
    audit.SCHEMA,
    charging.SCHEMA,
    parcels.SCHEMA,
    bms_control.SCHEMA,
    charging_profiles.SCHEMA,
    past_errors.SCHEMA,
    key_table.SCHEMA,
    kept.SCHEMA,
    named.SCHEMA,
    list_table.SCHEMA,
    ssh_keys.SCHEMA,
    tables.SCHEMA,
)
MIGRATIONS = (badges.USES, records.PHASES, sessions.KEYS, records.CENTRAL_ID, cache.VERDICTS)
"""In order."""
