"""The shape of the office's input."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, StringField, TelField
from wtforms.validators import DataRequired, Email, Length

from pb.base.text import clean_line
from pb.office.values import MunicipalityRecord


def _words(most: int) -> dict[str, Any]:
    """A line that must be filled in, at most so long, cleaned as it comes in."""
    return {
        "filters": [clean_line],
        "validators": [DataRequired(_l("form.required")), Length(max=most, message=_l("form.too_long", most=most))],
    }


class MunicipalityForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Who runs this site and how people reach them."""

    site_name = StringField(_l("municipality.site_name"), **_words(60))
    name = StringField(_l("municipality.name"), **_words(60))
    telephone = TelField(_l("municipality.telephone"), **_words(30))
    opening_hours = StringField(_l("municipality.opening_hours"), **_words(120))
    address = StringField(_l("municipality.address"), **_words(200))
    mail = EmailField(
        _l("municipality.mail"),
        filters=[clean_line],
        validators=[DataRequired(_l("form.required")), Email(_l("form.not_an_address")), Length(max=120)],
    )

    def record(self) -> MunicipalityRecord:
        """What was filled in."""
        return MunicipalityRecord(**{name: value for name, value in self.data.items() if name != "csrf_token"})
