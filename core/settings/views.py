"""Shows a setting as an account may see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from core.settings.conditions import holds, offered
from core.settings.limits import upper_limit
from core.settings.rights import may_write
from core.settings.rows import Row
from core.values.setting import (
    Choice,
    ChoiceKind,
    Kind,
    NumberKind,
    SecretKind,
    TextKind,
    ToggleKind,
    Value,
)
from core.values.settings import SettingView

KindName = Literal["choice", "toggle", "number", "text", "secret"]


def kind_name(kind: Kind) -> KindName:
    match kind:
        case ChoiceKind():
            return "choice"
        case ToggleKind():
            return "toggle"
        case NumberKind():
            return "number"
        case TextKind():
            return "text"
        case SecretKind():
            return "secret"


def view(
    row: Row,
    account: str,
    values: Mapping[str, Value],
    running: Mapping[str, Value],
    *,
    on_trial: bool = False,
) -> SettingView:
    """The view of one row; `values` are saved, `running` is what the station follows."""
    setting, kind = row.setting, row.setting.kind
    number = kind if isinstance(kind, NumberKind) else None
    text = kind if isinstance(kind, TextKind) else None
    value, follows = values[row.key], running[row.key]
    return SettingView(
        key=row.key,
        tab=setting.tab,
        sub_tab=setting.sub_tab,
        label=setting.label,
        help=setting.help,
        admin=setting.admin.value,
        user=setting.user.value,
        kind=kind_name(kind),
        form=kind.form if isinstance(kind, TextKind | SecretKind) else "",
        choices=_choices(row, values),
        minimum=number.minimum if number else None,
        maximum=upper_limit(number, values) if number else None,
        max_length=kind.max_length if isinstance(kind, TextKind | SecretKind) else None,
        required=text.required if text else False,
        unit=number.unit if number else "",
        factory=None if row.secret else row.factory,
        value=None if row.secret else value,
        set=value != "" if row.secret else True,
        running=None if row.secret or follows == value else follows,
        on_trial=on_trial and follows != value,
        takes_effect=setting.takes_effect.value,
        writable=may_write(setting, account),
        shown=row.shown,
        relevant=holds(setting.shown_when, values),
        shown_when=setting.shown_when,
        computed=setting.computed,
    )


def _choices(row: Row, values: Mapping[str, Value]) -> tuple[Choice, ...]:
    kind = row.setting.kind
    if isinstance(kind, ToggleKind):
        return (Choice(value="yes", label=kind.yes), Choice(value="no", label=kind.no))
    return offered(row, values)
