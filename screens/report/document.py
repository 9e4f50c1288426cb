"""The whole report in its order."""

from __future__ import annotations

from core.api import Report
from screens.report.changed import settings
from screens.report.identity import identity, versions
from screens.report.links import links
from screens.report.lists import log, records
from screens.report.parts import Document, facts
from screens.report.states import errors, states
from screens.texts import N_, _
from screens.times import day_and_minute
from screens.zones import zone_named

SECTIONS = (identity, versions, states, errors, links, settings, records, log)

PARTS = {
    "records": N_("charge data records"),
    "badges": N_("badges"),
    "log": N_("log"),
    "errors_seen": N_("past errors"),
    "starts": N_("boot counter"),
    "publication": N_("publication"),
}


def document(report: Report) -> Document:
    """The report in the language of this session, in the station's time."""
    station = report.status.station
    zone = zone_named(station.zone)
    return Document(
        title=_("Maintenance report"),
        facts=facts(
            [
                (_("Station"), station.name),
                (_("Made"), f"{day_and_minute(report.made, zone)} {zone.key}"),
                (_("For"), report.account),
                (_("Program"), f"evtty {station.version}"),
                (_("Badges"), _personal_words(report)),
                *_missing(report),
            ]
        ),
        sections=tuple(section(report) for section in SECTIONS),
    )


def _missing(report: Report) -> list[tuple[str, str]]:
    """What the database could not give, so that an empty table is not taken for nothing."""
    names = ", ".join(_(PARTS[part]) for part in report.missing)
    return [(_("Could not be read"), names)] if names else []


def _personal_words(report: Report) -> str:
    """How many badges there are, and whether the report tells of any."""
    uids = _("shown") if report.uids else _("left out")
    comments = _("shown") if report.comments else _("left out")
    return _("{count} in the register; identifiers {uids}, comments {comments}").format(
        count=report.badges, uids=uids, comments=comments
    )
