"""The blueprint of the room, and how its numbers are said."""

from fractions import Fraction
from math import floor

from flask import Blueprint
from flask_babel import format_decimal, gettext, ngettext

from pb.base.money import Cents
from pb.words import euros

bp = Blueprint("results", __name__)


@bp.app_template_filter("figure")
def figure(number: int) -> str:
    """A number for people: `2.914`, in English `2,914`."""
    return str(format_decimal(number))


@bp.app_template_filter("cents")
def cents(money: Fraction) -> Cents:
    """What a voter puts in or may put in, in whole cents, half a cent up: the script that follows one ballot rounds so too."""
    return floor(money + Fraction(1, 2))


@bp.app_template_filter("about")
def about(money: Fraction) -> str:
    """The same in words: `ongeveer € 6,94` where a part of a cent was rounded."""
    said = euros(cents(money))
    return said if cents(money) == money else str(gettext("story.about", amount=said))


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
