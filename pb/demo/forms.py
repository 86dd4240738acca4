"""What a visitor of the demo chooses, each by its own button."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf

from pb.demo.values import DemoRole, Step


class RoleForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Whom to be."""

    role = StringField(validators=[AnyOf(list(DemoRole))])


class StepForm(FlaskForm):  # type: ignore[misc]
    """How far to wind the clock."""

    step = StringField(validators=[AnyOf(list(Step))])
