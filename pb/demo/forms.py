"""What a visitor of the demo chooses."""

from flask_wtf import FlaskForm
from wtforms import RadioField

from pb.demo.values import DemoRole, Step


class RoleForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Whom to be."""

    role = RadioField(choices=[role.value for role in DemoRole])


class StepForm(FlaskForm):  # type: ignore[misc]
    """How far to wind the clock."""

    step = RadioField(choices=[step.value for step in Step])
