"""Mails as words: a template in `templates/mail/` and a language make a subject and a body."""

from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale

from pb.base.text import clean_line
from pb.office.reads import municipality
from pb.words import LOCALES


def compose(template: str, locale: str, **facts: Any) -> tuple[str, str]:
    """Subject and body of `templates/mail/<template>.txt` in this language; its first line is the subject.

    Every template may also say who runs the site: `municipality`, or `None` before that is set.
    """
    with force_locale(locale):
        written = render_template(f"mail/{template}.txt", municipality=municipality(), **facts)
    subject, _, body = written.strip().partition("\n")
    return clean_line(subject), body.strip() + "\n"


def site_url(endpoint: str, locale: str = LOCALES[0], **values: Any) -> str:
    """A page's whole address for a mail: built on `PUBLIC_URL`, never on the host that a request names."""
    prefix = "" if locale == LOCALES[0] else f"/{locale}"
    path = current_app.url_map.bind("", script_name=prefix or "/").build(endpoint, values)
    return f"{current_app.config['PUBLIC_URL']}{path}"
