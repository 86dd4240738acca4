"""What every page's frame is given: the municipality, stylesheets, languages, the tabs of a round."""

from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale
from flask import Flask, current_app, g, has_request_context, render_template, request, url_for
from flask_babel import format_date
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from pb.assets import has_static, static_url
from pb.base.clock import host_now
from pb.base.money import NBSP
from pb.office.reads import municipality
from pb.office.values import MunicipalityRecord
from pb.rounds.reads import rounds_of
from pb.rounds.rules import stage_at
from pb.rounds.values import RoundRecord, Stage
from pb.site.rules import tabs_at
from pb.site.values import Language, Tab
from pb.words import LOCALES, spoken

SHEETS = (
    "vendor/parts.css",
    "vendor/fonts.css",
    "css/theme.css",
    "css/base.css",
    "css/parts.css",
    "css/forms.css",
    "css/drawings.css",
    "css/ballot.css",
)
"""In the order in which they count; those in `vendor/` come from npm and may be absent."""


def init_app(app: Flask) -> None:
    """Give the layout what it needs."""
    app.context_processor(_frame)
    app.jinja_env.globals.update(
        stylesheets=stylesheets,
        other_languages=other_languages,
        round_tabs=round_tabs,
        stage_of=stage_of,
        stored_url=stored_url,
        may_organise=may_organise,
        frame_part=frame_part,
    )
    app.jinja_env.filters.update(telephone=telephone, short_day=short_day)


def frame_part(template: str, **facts: Any) -> Markup:
    """A part of the frame round every page (header, footer, a round's tabs), made once for all who see the same.

    What it shows may follow from `facts`, the address, the language and the municipality alone. For somebody who is
    signed in it is made anew: it may hold something of theirs.
    """
    if current_user.is_authenticated or current_app.config["WATCH_FILES"]:
        return Markup(render_template(template, **facts))  # noqa: S704 - templates escape
    asked = request.query_string if request.method == "GET" else b""
    return _made(template, (request.script_root, request.path, asked, _municipality()), tuple(facts.items()))


@lru_cache(maxsize=1024)
def _made(template: str, _key: tuple[Any, ...], facts: tuple[tuple[str, Any], ...]) -> Markup:
    return Markup(render_template(template, **dict(facts)))  # noqa: S704 - templates escape


def stylesheets() -> list[str]:
    """Addresses of the stylesheets that are there."""
    return [static_url(path) for path in SHEETS if has_static(path)]


def other_languages() -> list[Language]:
    """This page in the other languages: the same path and question, another prefix."""
    asked = f"?{request.query_string.decode()}" if request.query_string and request.method == "GET" else ""
    root = request.script_root.removesuffix(f"/{spoken()}") if spoken() != LOCALES[0] else request.script_root
    return [
        Language(code, _own_name(code), root + ("" if code == LOCALES[0] else f"/{code}") + request.path + asked)
        for code in LOCALES
        if code != spoken()
    ]


def round_tabs(round_: RoundRecord) -> tuple[Tab, ...]:
    """The navigation of a round at this moment."""
    return tabs_at(round_, round_.now(host_now()))


def stage_of(round_: RoundRecord) -> Stage:
    """Where a round stands at this moment."""
    return stage_at(round_, round_.now(host_now()))


def short_day(value: date) -> str:
    """`28 juni`, never broken over two lines; a datetime is read on the municipality's clock."""
    return str(format_date(value, "d MMMM")).replace(" ", NBSP)


def stored_url(name: str, small: bool = False) -> str:
    """The address of a stored picture or of its thumbnail: one in every language, so that it is fetched once."""
    address = url_for("office.thumbnail" if small else "office.stored_file", name=name)
    return address.removeprefix(request.script_root) if spoken() != LOCALES[0] else address


def may_organise() -> bool:
    """Whether the person of this request has work at `/beheer`: a role in a round, or the whole installation."""
    if not current_user.is_authenticated:
        return False
    if "may_organise" not in g:
        g.may_organise = current_user.is_administrator or bool(rounds_of(current_user.id))
    return bool(g.may_organise)


def telephone(written: str) -> str:
    """A number as a telephone takes it: digits and a leading plus.

    >>> telephone("14 0172"), telephone("+31 (0)172 46 51 23")
    ('140172', '+31172465123')
    """
    kept = "".join(sign for sign in written.replace("(0)", "") if sign.isdecimal())
    return f"+{kept}" if written.strip().startswith("+") else kept


def _own_name(code: str) -> str:
    return str(Locale(code).get_display_name(code)).capitalize()


def _frame() -> dict[str, Any]:
    return {"municipality": _municipality()} if has_request_context() else {}


def _municipality() -> MunicipalityRecord | None:
    """Read once a request; a page that says that the database is away does without."""
    if "municipality" not in g:
        try:
            g.municipality = municipality()
        except SQLAlchemyError:
            g.municipality = None
    return g.municipality  # type: ignore[no-any-return]
