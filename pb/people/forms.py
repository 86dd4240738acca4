"""The shape of input about people."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length

from pb.base.text import clean_line
from pb.words import LOCALES


class EmailForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Where to mail the link and the code; rules judge the address."""

    email = EmailField(
        _l("sign_in.email"),
        filters=[clean_line],
        validators=[DataRequired(_l("form.required")), Length(max=254, message=_l("form.not_an_address"))],
        render_kw={"autocomplete": "email"},
    )


class CodeForm(FlaskForm):  # type: ignore[misc]
    """Six digits."""

    code = StringField(
        _l("sign_in.code"),
        validators=[DataRequired(_l("form.required")), Length(max=20, message=_l("sign_in.wrong_code"))],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 8},
    )


class ProfileForm(FlaskForm):  # type: ignore[misc]
    """The name that a person shows, and the language of mails to them."""

    public_name = StringField(
        _l("my.public_name"),
        filters=[clean_line],
        validators=[Length(max=60, message=_l("form.too_long", most=60))],
        render_kw={"autocomplete": "nickname"},
    )
    locale = RadioField(
        _l("my.locale"),
        choices=[SelectChoice(locale, _l(f"my.locale.{locale}")) for locale in LOCALES],
    )
