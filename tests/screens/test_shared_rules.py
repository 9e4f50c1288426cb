"""Style rules are read once, and are the same for every session."""

from pathlib import Path

from textual.css.stylesheet import Stylesheet

import screens
from screens.shared_rules import SharedStylesheet
from tests.screens.sitting import sitting
from tests.stations import running_station

COLOURS = {"edge": "red"}
OTHER_COLOURS = {"edge": "blue"}
RULES = "Label { color: $edge; }"


def colour_in(sheet: Stylesheet) -> str:
    (rule,) = sheet.rules
    return rule.styles.color.css


def told(sheet: Stylesheet) -> list[str]:
    return [f"{rule.selectors} {rule.styles.get_rules()}" for rule in sheet.rules]


def sheet_of(colours: dict[str, str]) -> SharedStylesheet:
    sheet = SharedStylesheet(variables=colours)
    sheet.add_source(RULES, ("here", ""))
    return sheet


def test_the_second_session_takes_the_rules_of_the_first() -> None:
    assert sheet_of(COLOURS).rules[0] is sheet_of(COLOURS).rules[0]


def test_other_colours_have_rules_of_their_own() -> None:
    assert colour_in(sheet_of(COLOURS)) != colour_in(sheet_of(OTHER_COLOURS))


def test_a_session_that_changes_its_colours_takes_other_rules() -> None:
    sheet = sheet_of(COLOURS)
    before = colour_in(sheet)
    sheet.set_variables(OTHER_COLOURS)
    sheet.reparse()
    assert colour_in(sheet) == colour_in(sheet_of(OTHER_COLOURS)) != before


async def test_the_rules_are_those_that_textual_reads_and_no_session_changes_them(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.press("2", "5", "3")
        shared = seat.app.stylesheet
        assert isinstance(shared, SharedStylesheet)
        own = Stylesheet(variables=seat.app.get_css_variables())
        for place, (text, is_default, tie_breaker, scope) in shared.source.items():
            own.add_source(text, place, is_default, tie_breaker, scope)
        assert told(shared) == told(own)
        assert any(str(Path(screens.__file__).parent) in place[0] for place in shared.source)
