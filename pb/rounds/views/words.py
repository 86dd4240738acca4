"""How values of a frame are said: filters for the rooms' templates, and one value of a difference in words."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from babel.lists import format_list
from flask_babel import format_decimal, get_locale, gettext

from pb.rounds.presets import ZONE
from pb.rounds.rules import closing_to_local
from pb.rounds.values import Ceiling, Criterion, Pot, Theme, Voters
from pb.rounds.views.blueprint import bp
from pb.words import LOCALES, day, euros, moment

MONEY = {"total", "minimum_cost", "maximum_cost", "counting.step"}
"""Fields of the frame that hold cents."""
SHARES = {"counting.least_share"}
"""Fields of the frame that hold hundredths of a per cent."""


@bp.app_template_filter("until")
def until(closes: datetime, zone: str = ZONE) -> str:
    """A closing as people say it: up to and including 23.59 where it is midnight, else up to the hour."""
    shown = closing_to_local(closes, zone)
    return str(gettext("time.until" if shown == closes else "time.through", moment=moment(shown)))


@bp.app_template_filter("listed")
def listed(names: Iterable[str]) -> str:
    """`a, b en c`, in the language of the request."""
    return format_list([str(name) for name in names], locale=str(get_locale() or LOCALES[0]))


@bp.app_template_filter("percentage")
def percentage(hundredths: int) -> str:
    """A number of hundredths of a per cent, without the sign: `10`, `2,5`."""
    return str(format_decimal(Decimal(hundredths) / 100))


@bp.app_template_filter("field_name")
def field_name(field: str) -> str:
    """What a field of a difference is called: `vote.closes` is the end of the vote."""
    kind, _, part = field.partition(".")
    if part in ("opens", "closes"):
        return str(gettext(f"change.{part}", phase=gettext(f"phase.{kind}")))
    return str(gettext(f"change.field.{field}"))


@bp.app_template_filter("field_value")
def field_value(value: Any, field: str) -> str:
    """One value of a difference in words."""
    if value is None or value in ("", ()):
        return str(gettext("change.nothing"))
    if isinstance(value, bool):
        return str(gettext("change.yes" if value else "change.no"))
    if isinstance(value, tuple):
        return listed(_part(one) for one in value)
    if isinstance(value, StrEnum):
        return str(gettext(f"choice.{type(value).__name__.lower()}.{value}"))
    if isinstance(value, datetime):
        return until(value) if field.endswith(".closes") else moment(value)
    if isinstance(value, date):
        return day(value)
    if field in SHARES:
        return str(gettext("change.percent", percent=percentage(value)))
    return euros(value) if field in MONEY else str(value)


def _part(one: Any) -> str:
    """A row of a list."""
    if isinstance(one, Pot):
        return f"{one.name} ({', '.join([euros(one.amount), *one.postcodes])})"
    if isinstance(one, Ceiling):
        return f"{one.name} ({euros(one.amount)})"
    if isinstance(one, Voters):
        return f"{one.style}: {one.people}"
    return one.name if isinstance(one, Theme | Criterion) else str(one)
