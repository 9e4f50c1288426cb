"""`.cfg` files in tests: written by one station's settings, and read by another's."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from core.settings import cfg_file, cfg_judging, cfg_writing
from core.settings.cfg_import import told
from core.settings.plan import Plan
from core.settings.store import Settings
from core.values.config import ConfigImport
from core.values.setting import ChoiceKind, NumberKind, TextKind, ToggleKind, Value
from core.values.settings import ChangeOutcome
from tests.core.settings.stations import fresh, station

TEXTS: Mapping[str, st.SearchStrategy[str]] = {
    "free": st.text(max_size=32),
    "host": st.sampled_from(("time.example.org", "192.168.0.9", "fe80::1")),
    "server": st.sampled_from(("files.example.org", "10.0.0.4")),
    "url": st.sampled_from(("ws://csms.example.org/ocpp", "wss://csms.example.org:8443/a=b")),
    "ipv4": st.sampled_from(("192.168.0.30", "192.168.0.77", "10.1.4.20", "0.0.0.0")),  # noqa: S104
    "mac": st.sampled_from(("02:00:5E:10:00:01", "0a-00-00-00-00-01")),
    "netmask": st.sampled_from(("255.255.255.0", "255.255.0.0")),
    "email": st.sampled_from(("records@example.org",)),
    "emails": st.sampled_from(("a@example.org;b@example.org",)),
    "path": st.sampled_from(("/upload/#1", '/say"so"', "/a\\b")),
    "zone": st.sampled_from(("Europe/Paris", "Asia/Kathmandu")),
    "pem": st.just("-----BEGIN CERTIFICATE-----\nMIIB\nQQ==\n-----END CERTIFICATE-----\n"),
    "identity": st.sampled_from(("CP#1", "CP-001", "a=b|c@d")),
}


def values_of(name: str) -> st.SearchStrategy[dict[str, Value]]:
    """Some values for the settings of a station; not all of them are acceptable."""
    kinds: dict[str, st.SearchStrategy[Value]] = {}
    for key, row in fresh(name).rows.items():
        kind = row.setting.kind
        if row.setting.computed or row.setting.admin != "RW":
            continue
        if isinstance(kind, ChoiceKind):
            kinds[key] = st.sampled_from([choice.value for choice in kind.choices])
        elif isinstance(kind, ToggleKind):
            kinds[key] = st.sampled_from(("yes", "no"))
        elif isinstance(kind, NumberKind):
            kinds[key] = st.integers(kind.minimum, kind.maximum)
        elif isinstance(kind, TextKind):
            kinds[key] = TEXTS[kind.form]
        else:
            kinds[key] = st.just("Canary-0451-secret" if kind.form == "free" else "")
    return st.fixed_dictionaries({}, optional=kinds)


def settled(name: str, wishes: Mapping[str, Value]) -> Settings:
    """A station's settings with as many of these as it accepts, one after the other."""
    settings = fresh(name)
    for key, value in wishes.items():
        plan = settings.plan({key: value}, account="admin")
        if not plan.problems:
            settings.accept(plan)
    return settings


def file_of(settings: Settings, name: str) -> bytes:
    return cfg_writing.file_of(
        settings.rows.values(),
        {key: settings.value(key) for key in settings.rows},
        family=station(name).family,
        version="0.1.0",
        station=name,
    )


def planned(
    settings: Settings, name: str, file: bytes, *, keep_network: bool = False
) -> tuple[Plan, ConfigImport]:
    """What importing a file would do to a station, and how that is told."""
    family = station(name).family
    read = cfg_file.read(file, family)
    meaning = cfg_judging.judge(read, settings.rows, family=family, keep_network=keep_network)
    plan = settings.plan(meaning.changes, account="admin", whole=True)
    outcome = ChangeOutcome(
        changes=plan.changes,
        restart_needed=plan.restart_needed,
        saved=False,
        problems=plan.problems,
        notes=plan.notes,
    )
    return plan, told(settings, meaning, outcome, version=read.said("version"))


def imported(settings: Settings, name: str, file: bytes) -> ConfigImport:
    """Import a file that has no faults."""
    plan, found = planned(settings, name, file)
    assert [problem.message for problem in found.problems] == []
    settings.accept(plan)
    return found


def shown(settings: Settings) -> dict[str, Value]:
    """Every value but the secrets."""
    return {key: settings.value(key) for key, row in settings.rows.items() if not row.secret}
