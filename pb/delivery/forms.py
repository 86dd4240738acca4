"""The shape of what an organiser says about a winner."""

import secrets

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from pb.delivery.values import Milestone


class MilestoneForm(FlaskForm):  # type: ignore[misc]
    """To which stop a winner comes; going back asks for a reason."""

    to = SelectField(
        lazy_gettext("delivery.stop.to"),
        choices=[SelectChoice(stop.value, lazy_gettext(f"milestone.{stop.value}")) for stop in Milestone],
        validate_choice=False,
    )
    reason = StringField(lazy_gettext("delivery.stop.reason"))


class MoneyForm(FlaskForm):  # type: ignore[misc]
    """What was spent so far, as people write amounts."""

    spent = StringField(lazy_gettext("delivery.money.spent_so_far"))


class UpdateForm(FlaskForm):  # type: ignore[misc]
    """News, with at most one picture. The key is new on every empty form: the same form sent twice is one update."""

    text = TextAreaField(lazy_gettext("delivery.update.text"))
    picture = FileField(lazy_gettext("delivery.update.picture"))
    picture_alt = StringField(lazy_gettext("delivery.update.picture_alt"))
    form_key = HiddenField(default=lambda: secrets.token_hex(16))
