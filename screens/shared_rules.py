"""The style rules of the screens, read once for all sessions that have the same colours."""

from __future__ import annotations

from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

_Key = tuple[str, CSSLocation, bool, int, str, frozenset[tuple[str, str]]]

_READ: LRUCache[_Key, list[RuleSet]] = LRUCache(512)
"""Rules by their text, where it is from, and the colours. A session has some 30 texts and changes none."""


class SharedStylesheet(Stylesheet):
    """The rules of one session, each text of them read by the first session that needs it."""

    def _parse_rules(
        self,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        colours = frozenset(self._variables.items())
        key = (css, read_from, is_default_rules, tie_breaker, scope, colours)
        if (rules := _READ.get(key)) is None:
            rules = super()._parse_rules(css, read_from, is_default_rules, tie_breaker, scope)
            _READ[key] = rules
        return rules

    def reparse(self) -> None:
        """Take the rules again, in colours that have changed."""
        self.parse()
