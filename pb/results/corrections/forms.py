"""The shape of a correction: who wins from now on, why, and the new decision."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField, TextAreaField

from pb.results.corrections.values import Wish
from pb.results.forms import DecisionForm


class CorrectionForm(DecisionForm):
    """Every plan of the ballot as a checkbox; the winners of today are ticked."""

    body = StringField(_l("correction.body"))
    winners = SelectMultipleField(_l("correction.winners"), validate_choice=False)
    reason = TextAreaField(_l("correction.reason"))

    def wish(self, day: date) -> Wish:
        """What was typed, as a value; `day` is the date of a form that validates."""
        chosen: list[Any] = self.winners.data or []
        return Wish(tuple(dict.fromkeys(chosen)), self.reason.data or "", self.decision(day))
