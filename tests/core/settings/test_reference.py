"""The settings reference of the documentation."""

from __future__ import annotations

from pathlib import Path

from core.settings.catalogue import CATALOGUE
from core.settings.reference import reference

PAGE = Path(__file__).resolve().parents[3] / "docs" / "settings.md"


def test_the_page_is_what_the_catalogue_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "scripts/docs writes it"


def test_every_setting_is_on_the_page_with_its_help() -> None:
    page = reference()
    for setting in CATALOGUE:
        assert f"`{setting.key.replace('{n}', 'N')}`" in page
        assert setting.help in page
