"""The blueprint of the room, and how its numbers are said."""

from flask import Blueprint
from flask_babel import format_decimal, ngettext

bp = Blueprint("results", __name__)


@bp.app_template_filter("figure")
def figure(number: int) -> str:
    """A number for people: `2.914`, in English `2,914`."""
    return str(format_decimal(number))


@bp.app_template_filter("votes")
def votes(number: int) -> str:
    """How many votes: `1 stem`, `2.914 stemmen`."""
    return str(ngettext("results.votes", "results.votes", number, votes=figure(number)))
