"""The shape of input about a round itself: its name, roles, decisions, amendments and questions."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, EmailField, SelectField, StringField, TextAreaField, URLField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from pb.base.access import Role
from pb.base.text import clean_line, clean_text
from pb.rounds.forms.fields import DAY_FORMATS, a_line
from pb.rounds.values import Decision


class NewRoundForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """A new round's name and address."""

    name = StringField(_l("rounds.new.name"), **a_line(100))
    slug = StringField(_l("rounds.new.slug"), **a_line(60))
    rehearsal = BooleanField(_l("rounds.new.rehearsal"))


class RoleForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Who gets which role."""

    email = EmailField(_l("rounds.roles.email"), **a_line(120))
    role = SelectField(
        _l("rounds.roles.role"), choices=[SelectChoice(role.value, _l(f"role.{role}")) for role in Role], coerce=Role
    )


class DecisionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """A decision that was taken outside the site; what is missing the rules say."""

    body = StringField(_l("decision.body"), filters=[clean_line], validators=[Length(max=120)])
    date = DateField(_l("decision.date"), format=DAY_FORMATS, validators=[InputRequired(_l("form.required"))])
    number = StringField(_l("decision.number"), filters=[clean_line], validators=[Length(max=60)])
    link = URLField(_l("decision.link"), filters=[clean_line], validators=[Length(max=500)])

    def decision(self) -> Decision:
        """What was filled in."""
        if self.date.data is None:
            raise ValueError("a decision is read after validate()")
        return Decision(self.body.data or "", self.date.data, self.number.data or "", self.link.data or "")


class QuestionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """A question and its answer in the municipality's own words."""

    question = StringField(_l("questions.edit.question"), filters=[clean_line], validators=[Length(max=200)])
    answer = TextAreaField(_l("questions.edit.answer"), filters=[clean_text], validators=[Length(max=2000)])
