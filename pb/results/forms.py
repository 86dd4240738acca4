"""The shape of what an organiser fills in."""

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import InputRequired

from pb.base.text import clean_line
from pb.rounds.values import Decision


class DecisionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """The decision by which a governing body adopted the outcome."""

    body = StringField(_l("results.decision.body"))
    taken_on = DateField(_l("results.decision.date"), validators=[InputRequired(_l("results.decision.date_wrong"))])
    number = StringField(_l("results.decision.number"))
    link = StringField(_l("results.decision.link"))

    def decision(self, day: date) -> Decision:
        """What was typed, as a value; `day` is the date of a form that validates."""
        body, number, link = (clean_line(field.data) for field in (self.body, self.number, self.link))
        return Decision(body=body, date=day, number=number, link=link)
