"""Running totals of the records, kept by the database itself: whatever stores a record also counts it.

By socket, by UTC day and socket, by badge and socket; so that a million records are counted without being
looked at.
"""

from __future__ import annotations

TABLES = """
CREATE TABLE IF NOT EXISTS record_sums (
    socket INTEGER PRIMARY KEY, count INTEGER NOT NULL, energy_wh INTEGER NOT NULL,
    duration_s INTEGER NOT NULL, meter_wh INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS record_days (
    day INTEGER NOT NULL, socket INTEGER NOT NULL, count INTEGER NOT NULL, energy_wh INTEGER NOT NULL,
    duration_s INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (day, socket)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS record_shares (
    holder INTEGER NOT NULL, socket INTEGER NOT NULL, count INTEGER NOT NULL, energy_wh INTEGER NOT NULL,
    duration_s INTEGER NOT NULL, PRIMARY KEY (holder, socket)
) WITHOUT ROWID;
"""

COUNTING = """
CREATE TRIGGER IF NOT EXISTS records_counted AFTER INSERT ON records BEGIN
    INSERT INTO record_sums VALUES (new.socket, 1, new.energy_wh, new.duration_s, new.meter_stop_wh)
        ON CONFLICT (socket) DO UPDATE SET count = count + 1, energy_wh = energy_wh + excluded.energy_wh,
        duration_s = duration_s + excluded.duration_s, meter_wh = max(meter_wh, excluded.meter_wh);
    INSERT INTO record_days VALUES
        (new.started / 86400, new.socket, 1, new.energy_wh, new.duration_s, new.number, new.number)
        ON CONFLICT (day, socket) DO UPDATE SET count = count + 1, energy_wh = energy_wh + excluded.energy_wh,
        duration_s = duration_s + excluded.duration_s, first = min(first, excluded.first),
        last = max(last, excluded.last);
    INSERT INTO record_shares VALUES (new.holder, new.socket, 1, new.energy_wh, new.duration_s)
        ON CONFLICT (holder, socket) DO UPDATE SET count = count + 1,
        energy_wh = energy_wh + excluded.energy_wh, duration_s = duration_s + excluded.duration_s;
END;
"""

ADDED_UP = """
INSERT INTO record_sums
    SELECT socket, count(*), sum(energy_wh), sum(duration_s), max(meter_stop_wh) FROM records GROUP BY socket;
INSERT INTO record_days
    SELECT started / 86400, socket, count(*), sum(energy_wh), sum(duration_s), min(number), max(number)
    FROM records GROUP BY 1, 2;
INSERT INTO record_shares
    SELECT holder, socket, count(*), sum(energy_wh), sum(duration_s) FROM records GROUP BY 1, 2;
"""
"""What the trigger would have counted, for records that were there before it."""
