"""The shape of the upload of a credential file."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField


class CredentialsForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """The file; `seen` is the hash of the file that was looked at before, and only that one is taken."""

    file = FileField(_l("roll.manage.file"))
    seen = HiddenField()
