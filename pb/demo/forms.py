"""What a visitor of the demo chooses."""

from flask_wtf import FlaskForm
from wtforms import SelectField

from pb.demo.values import DemoRole, Step


class RoleForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Whom to be."""

    role = SelectField(choices=[(role.value, role.value) for role in DemoRole])


class StepForm(FlaskForm):  # type: ignore[misc]
    """How far to wind the clock."""

    step = SelectField(choices=[(step.value, step.value) for step in Step])
