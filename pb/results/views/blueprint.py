"""The blueprint of the room, and how its numbers are said."""

from fractions import Fraction
from math import ceil

from flask import Blueprint
from flask_babel import format_decimal, ngettext

bp = Blueprint("results", __name__)


@bp.app_template_filter("figure")
def figure(number: int) -> str:
    """A number for people: `2.914`, in English `2,914`."""
    return str(format_decimal(number))


@bp.app_template_filter("cents")
def cents(money: Fraction) -> int:
    """What a voter pays or may spend, in whole cents; a part of a cent is rounded up."""
    return ceil(money)


@bp.app_template_filter("votes")
def votes(number: int) -> str:
    """How many votes: `1 stem`, `2.914 stemmen`."""
    return scored(number)


@bp.app_template_filter("scored")
def scored(number: int, by_points: bool = False) -> str:
    """How many votes, or points where ballots give points: `2.914 punten`."""
    if by_points:
        return str(ngettext("results.points", "results.points", number, votes=figure(number)))
    return str(ngettext("results.votes", "results.votes", number, votes=figure(number)))
