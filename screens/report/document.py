"""The whole report in its order."""

from __future__ import annotations

from core.api import Report
from screens.report.changed import settings
from screens.report.identity import identity, versions
from screens.report.links import links
from screens.report.lists import log, records
from screens.report.parts import Document, facts
from screens.report.states import errors, states
from screens.texts import _
from screens.times import day_and_minute
from screens.zones import zone_named

SECTIONS = (identity, versions, states, errors, links, settings, records, log)


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
            ]
        ),
        sections=tuple(section(report) for section in SECTIONS),
    )


def _personal_words(report: Report) -> str:
    """How many badges there are, and whether the report tells of any."""
    uids = _("shown") if report.uids else _("left out")
    comments = _("shown") if report.comments else _("left out")
    return _("{count} in the register; identifiers {uids}, comments {comments}").format(
        count=report.badges, uids=uids, comments=comments
    )
