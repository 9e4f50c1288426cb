"""Another language than English: texts are found, translated and shown, each session in its own."""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from screens.extraction import every_text, templates
from screens.form import FormPage
from screens.refusals import refusal_words
from screens.rows import SettingRow
from screens.tabs import TABS
from screens.texts import ENGLISH, Language, languages
from tests.screens.scenes import charging_station
from tests.screens.sitting import sitting
from tests.stations import running_station


def pseudo(text: str) -> str:
    """`text` between marks, so that what was not translated shows."""
    return f"<<{text}>>"


@cache
def extracted() -> Catalog:
    """Every text of the product, translated into marks."""
    catalogue = Catalog(locale="de", domain="evtty")
    for message in every_text():
        if message.id:
            texts = message.id
            catalogue.add(texts, pseudo(texts) if isinstance(texts, str) else tuple(map(pseudo, texts)))
    return catalogue


@pytest.fixture(scope="module")
def pseudo_language() -> Language:
    compiled = io.BytesIO()
    write_mo(compiled, extracted())
    compiled.seek(0)
    return Language("de", "Pseudo", gettext.GNUTranslations(compiled))


def test_the_texts_of_the_screens_are_found() -> None:
    texts = {message.id for message in extracted() if message.id}
    assert "Log in" in texts
    assert ("{count} UNSAVED CHANGE", "{count} UNSAVED CHANGES") in texts
    assert "Live, every 5 s, last {time}" in texts


@pytest.mark.parametrize(
    "text",
    [
        "Station location",
        "Reject unknown badges",
        "The cover is open. Close and lock it.",
        "{label}: must not be empty",
        "{label}: {current} A counts as 0 A: less than {least} A charges no car",
        "There is no charge data record {number}.",
        "The station does not answer yet. One moment.",
        "Operational",
    ],
)
def test_texts_of_settings_errors_refusals_and_commands_are_found(text: str) -> None:
    assert text in {message.id for message in extracted()}


def test_a_refusal_is_found_under_the_name_that_it_was_given_first() -> None:
    source = 'text = "low" if small else "high"\nraise Invalid(text, key="a")\nproblem(row, "odd", got="x")'
    assert set(templates(source)) == {"low", "high", "odd"}


FORMS = {
    tab.name: forms
    for tab in TABS
    if (forms := [sub.name for sub in tab.sub_tabs if sub.page is FormPage and sub.name != "wifi"])
}


@pytest.mark.parametrize("tab", FORMS)
async def test_every_form_speaks_the_language(tab: str, pseudo_language: Language, tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, size=(160, 40)) as seat:
        seat.app.language = pseudo_language
        for sub_tab in FORMS[tab]:
            seat.app.open_page(tab, sub_tab)
            await seat.settle()
            page = seat.app.frame.page
            assert isinstance(page, FormPage), sub_tab
            assert page.views(), sub_tab
            for row in page.query(SettingRow):
                where = f"{sub_tab}: {row.view.key}"
                lines = "\n".join(line.plain for line in row.lines())
                assert f"<<{row.view.label[:20]}" in lines, where
                row.editor.focus()
                await seat.settle()
                page.show_help()
                await seat.settle()
                assert f"<<{row.view.help[:20]}" in seat.text, where
                assert f"<<{row.view.label}>>" in page.help_lines()[0], where


async def test_refusals_and_errors_speak_the_language(pseudo_language: Language, tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await charging_station(core)
        async with sitting(core) as seat:
            seat.app.language = pseudo_language
            await seat.press("5")
            assert "<<The surge arrestor is worn" in seat.text
            seat.app.open_page("configuration", "network", key="network.subnet_mask")
            await seat.settle()
            await seat.press("ctrl+u")
            await seat.type("255.0.255.0")
            await seat.press("ctrl+o")
            assert "<<Not saved: <<<<Subnet mask>>" in seat.text


async def test_a_session_speaks_the_language_that_was_chosen_at_the_log_in(
    pseudo_language: Language, tmp_path: Path
) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, None) as seat:
        seat.app.languages = (ENGLISH, pseudo_language)
        assert "User name" in seat.text
        await seat.press("shift+tab", "right")
        assert "<<User name>>" in seat.text
        assert "< Pseudo >" in seat.text
        await seat.press("right")
        assert "<<" not in seat.text


async def test_two_sessions_speak_two_languages_at_once(pseudo_language: Language, tmp_path: Path) -> None:
    async with (
        running_station("parking-2", tmp_path) as core,
        sitting(core) as seat,
        sitting(core) as other,
    ):
        other.app.language = pseudo_language
        await other.press("5")
        await seat.press("5")
        assert "<<Live, every 5 s" in other.text
        assert "<<" not in seat.text


def test_a_catalogue_in_the_folder_is_offered_under_its_own_name(tmp_path: Path) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "evtty.mo").open("wb") as file:
        write_mo(file, extracted())
    assert [(language.code, language.name) for language in languages(tmp_path)] == [
        ("en", "English"),
        ("de", "Deutsch"),
    ]


async def test_notes_and_refusals_of_lines_speak_the_language(
    pseudo_language: Language, tmp_path: Path
) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        seat.app.language = pseudo_language
        seat.app.open_page("configuration", "network", key="network.ip_address")
        await seat.settle()
        await seat.press("ctrl+u")
        await seat.type("192.168.0.50")
        await seat.press("ctrl+o")
        await seat.settle()
        assert "<<Confirm within 120 s" in seat.text
        station = seat.app.visit.station
        file = await station.export_config() + b"nonsense = 1\n"
        found = await station.import_config(file, keep_network=True, dry_run=True)
        with seat.app._context():
            assert refusal_words(found.problems[0]).startswith("<<Line ")
