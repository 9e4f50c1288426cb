"""Who may do what."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.access import ACTIONS, entry_for, may, may_read_key, origin_text, require
from core.api import LogEntry, Origin
from core.errors import NotAllowed

MATRIX = [
    ("hardware", True, True, True),
    ("status", True, True, True),
    ("settings", True, True, True),
    ("change_settings", True, True, True),
    ("config_export", True, False, True),
    ("config_import", True, False, True),
    ("clock", True, True, True),
    ("set_clock", True, True, True),
    ("change_network", True, False, True),
    ("network", True, True, True),
    ("badges", True, True, True),
    ("change_badges", True, True, True),
    ("records", True, True, True),
    ("find_meters", True, False, True),
    ("publication", True, True, True),
    ("publish", True, False, True),
    ("supervision", True, False, True),
    ("report", True, True, True),
    ("log", True, True, True),
    ("restart", True, True, True),
    ("factory_reset", True, False, True),
    ("erase_personal_data", True, False, True),
    ("own_password", True, True, False),
    ("other_password", True, False, True),
    ("keys", True, False, True),
    ("firmware", True, False, True),
    ("files", True, True, True),
    ("sessions", True, True, True),
    ("close_session", True, False, True),
    ("simulate", True, False, True),
]
"""Action, then admin, user and the machine's own commands."""


@pytest.mark.parametrize(("action", "admin", "user", "local"), MATRIX)
def test_each_action_is_for_these_accounts(action: str, admin: bool, user: bool, local: bool) -> None:
    for account, allowed in (
        ("admin", admin),
        ("user", user),
        ("local", local),
        ("", False),
        ("root", False),
    ):
        assert may(account, action) is allowed
        if allowed:
            require(account, action)
        else:
            with pytest.raises(NotAllowed):
                require(account, action)


def test_every_action_is_in_the_matrix() -> None:
    assert {action for action, *_ in MATRIX} == set(ACTIONS)


def test_an_action_that_nobody_thought_of_is_for_nobody() -> None:
    assert not any(may(account, "format_disk") for account in ("admin", "user", "local"))


def entry(subject: str) -> LogEntry:
    return LogEntry(
        number=1,
        time=datetime(2026, 11, 22, tzinfo=UTC),
        kind="audit",
        account="admin",
        origin="local",
        action="setting_changed",
        subject=subject,
        old="32",
        new="16",
    )


def test_the_user_sees_no_value_of_a_setting_that_it_may_not_read() -> None:
    hidden = entry_for("user", entry("socket.1.derated_current"))
    assert (hidden.old, hidden.new, hidden.subject) == (None, None, "socket.1.derated_current")
    assert entry_for("user", entry("socket.2.derated_current")).new is None
    assert entry_for("user", entry("general.station_location")).new == "16"
    assert entry_for("admin", entry("socket.1.derated_current")).new == "16"


def test_log_entries_about_anything_else_stay_as_they_are() -> None:
    assert entry_for("user", entry("user")) == entry("user")


def test_a_setting_that_there_is_not_is_for_nobody() -> None:
    assert not may_read_key("admin", "no.such_key")
    assert may_read_key("local", "energy.load_balancing")
    assert not may_read_key("user", "energy.load_balancing")


def test_where_somebody_comes_from_is_one_line() -> None:
    assert origin_text(Origin(kind="ssh", address="192.0.2.7")) == "ssh 192.0.2.7"
    assert origin_text(Origin(kind="local")) == "local"
