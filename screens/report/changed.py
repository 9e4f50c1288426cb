"""The section on what somebody has set: values that the factory had otherwise, and secrets that are there."""

from __future__ import annotations

from core.api import DifferingSetting, Report
from screens.report.parts import Section, section, table
from screens.sections import section_words
from screens.texts import _, ngettext


def settings(report: Report) -> Section:
    """Old and new of each setting, then whether passwords and keys are set; never what they are."""
    count = len(report.settings)
    said = ngettext(
        "{count} setting is not as the factory left it.",
        "{count} settings are not as the factory left them.",
        count,
    ).format(count=count)
    tables = []
    if report.settings:
        heads = (_("Setting"), _("Key"), _("Value"), _("Factory"))
        tables.append(table(heads, [_row(setting) for setting in report.settings]))
    if report.secrets:
        tables.append(
            table(
                (_("Password or key"), _("Key"), _("State")),
                [
                    (_named(each.key, each.label), each.key, _("set") if each.set else _("not set"))
                    for each in report.secrets
                ],
            )
        )
    return section(_("Settings that differ"), *tables, said=[said])


def _row(setting: DifferingSetting) -> tuple[str, str, str, str]:
    value = _(setting.words)
    if setting.waits:
        value = _("{value} (not followed yet)").format(value=value)
    return _named(setting.key, setting.label), setting.key, value, _(setting.factory_words)


def _named(key: str, label: str) -> str:
    under = section_words(key)
    return f"{under}: {_(label)}" if under else _(label)
