"""The blueprint of the room, and what its journeys share."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint
from flask_wtf import FlaskForm

from pb.base.refusals import Reason
from pb.words import say

bp = Blueprint("rounds", __name__)


def show_at_fields(form: FlaskForm, reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Put each reason at the field that it is about, and give those that no single field holds."""
    left = []
    for reason in reasons:
        field = _field(form, reason.about)
        if field is None:
            left.append(reason)
        else:
            field.errors = [*field.errors, say(reason)]
    return tuple(left)


def _field(form: FlaskForm, about: str | None) -> Any:
    """`vote.closes` is the field `closes_day` of the part `vote`; a list of rows shows its reasons itself."""
    name, _, part = (about or "").partition(".")
    field = form._fields.get(name)
    if field is not None and part:
        return field.form._fields.get(f"{part}_day")
    return None if field is None or field.type == "FieldList" else field
