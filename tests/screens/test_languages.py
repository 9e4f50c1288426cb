"""Another language than English: texts are found, translated and shown, each session in its own."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

import screens
from screens.texts import ENGLISH, Language, languages
from tests.screens.sitting import sitting
from tests.stations import running_station

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
SOURCE = Path(screens.__file__).parent


def pseudo(text: str) -> str:
    """`text` between marks, so that what was not translated shows."""
    return f"<<{text}>>"


def extracted() -> Catalog:
    """Every text of the screens, translated into marks."""
    catalogue = Catalog(locale="de", domain="evtty")
    for _file, _line, message, _comments, _context in extract_from_dir(SOURCE, keywords=KEYWORDS):
        marked = pseudo(message) if isinstance(message, str) else tuple(map(pseudo, message))
        catalogue.add(message, marked)
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
