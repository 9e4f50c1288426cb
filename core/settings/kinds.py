"""Reads a value of each kind of setting: the value in its one form, or what is wrong with it."""

from __future__ import annotations

import re

from core.errors import Problem
from core.settings.cleaning import composed, first_refused, harmless
from core.settings.forms import FORMS
from core.values.setting import (
    ChoiceKind,
    NumberKind,
    SecretKind,
    Setting,
    TextKind,
    ToggleKind,
    Value,
)

NUMBER = re.compile(r"([+-]?[0-9]{1,9})\s*(\S*)", re.ASCII)
YES = ("yes", "on", "true", "1")
NO = ("no", "off", "false", "0")


def read_value(setting: Setting, raw: object) -> Value | Problem:
    """The value that `raw` (text or a whole number) stands for in this setting, or a Problem."""
    if isinstance(raw, bool):
        raw = "yes" if raw else "no"
    if not isinstance(raw, str | int):
        return problem(setting, "{label}: must be text or a whole number, got {got}", got=harmless(raw))
    match setting.kind:
        case ChoiceKind() as kind:
            return _choice(setting, kind, raw)
        case ToggleKind() as kind:
            return _toggle(setting, kind, raw)
        case NumberKind() as kind:
            return _number(setting, kind, raw)
        case TextKind() | SecretKind() as kind:
            return _text(setting, kind, str(raw))


def problem(setting: Setting, template: str, **values: object) -> Problem:
    """A problem of this setting; the template's `{label}` is its label."""
    texts = {name: str(value) for name, value in values.items()}
    return Problem(template=template, values={"label": setting.label, **texts}, key=setting.key)


def as_text(value: Value) -> str:
    """The text form in which a value is stored, exported and shown to scripts."""
    return str(value)


def out_of_range(setting: Setting, kind: NumberKind, maximum: int, got: object) -> Problem:
    """A number outside its range; `maximum` is the limit in force."""
    template = "{label}: {minimum} to {maximum} {unit}, got {got}"
    if not kind.unit:
        template = "{label}: {minimum} to {maximum}, got {got}"
    shown = harmless(got) or "nothing"
    return problem(setting, template, minimum=kind.minimum, maximum=maximum, unit=kind.unit, got=shown)


def _choice(setting: Setting, kind: ChoiceKind, raw: Value) -> Value | Problem:
    wanted = composed(str(raw)).casefold()
    for choice in kind.choices:
        if wanted in (choice.value.casefold(), choice.label.casefold()):
            return choice.value
    allowed = ", ".join(choice.value for choice in kind.choices)
    return problem(
        setting, "{label}: one of {allowed}, got {got}", allowed=allowed, got=harmless(raw) or "nothing"
    )


def _toggle(setting: Setting, kind: ToggleKind, raw: Value) -> Value | Problem:
    wanted = composed(str(raw)).casefold()
    if wanted in (*YES, kind.yes.casefold()):
        return "yes"
    if wanted in (*NO, kind.no.casefold()):
        return "no"
    return problem(setting, "{label}: yes or no, got {got}", got=harmless(raw) or "nothing")


def _number(setting: Setting, kind: NumberKind, raw: Value) -> Value | Problem:
    match = NUMBER.fullmatch(composed(str(raw))) if isinstance(raw, str) or abs(raw) < 10**9 else None
    if match is None or match[2] not in ("", kind.unit):
        return out_of_range(setting, kind, kind.maximum, raw if isinstance(raw, str) else "a huge number")
    number = int(match[1])
    if not kind.minimum <= number <= kind.maximum:
        return out_of_range(setting, kind, kind.maximum, number)
    return number


def _text(setting: Setting, kind: TextKind | SecretKind, raw: str) -> Value | Problem:
    if len(raw) > 4 * kind.max_length + 100:
        return _too_long(setting, kind, len(raw))
    # Spaces may be part of a password.
    secret = isinstance(kind, SecretKind)
    text = raw if secret and kind.form == "free" else composed(raw)
    refused = first_refused(text, lines=kind.form == "pem")
    if refused:
        return problem(
            setting,
            "{label}: contains a control or invisible character ({code}); type it again",
            code=refused,
        )
    if not text:
        if isinstance(kind, TextKind) and kind.required:
            return problem(setting, "{label}: must not be empty")
        return ""
    if kind.form in FORMS:
        read, description = FORMS[kind.form]
        spelled = read(text)
        if spelled is None:
            got = "something else" if secret or kind.form == "pem" else harmless(text)
            return problem(setting, "{label}: must be {form}, got {got}", form=description, got=got)
        text = spelled
    return text if len(text) <= kind.max_length else _too_long(setting, kind, len(text))


def _too_long(setting: Setting, kind: TextKind | SecretKind, length: int) -> Problem:
    return problem(
        setting,
        "{label}: at most {longest} characters, got {length}",
        longest=kind.max_length,
        length=length,
    )
