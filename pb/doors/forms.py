"""The shape of input at the e-mail door."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, StringField
from wtforms.validators import DataRequired, Length

from pb.base.text import clean_line


class AddressForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Where to mail the code; rules judge the address."""

    email = EmailField(
        _l("door.email.address"),
        filters=[clean_line],
        validators=[DataRequired(_l("form.required")), Length(max=254, message=_l("form.not_an_address"))],
        render_kw={"autocomplete": "email"},
    )


class MailedCodeForm(FlaskForm):  # type: ignore[misc]
    """Eight signs from the mail."""

    code = StringField(
        _l("door.email.code"),
        validators=[DataRequired(_l("form.required")), Length(max=40, message=_l("proof.wrong_code"))],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"},
    )
