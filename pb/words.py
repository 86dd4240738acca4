"""Words in two languages: which catalogues there are, which language a request speaks, and how a reason is said."""

import os
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, request
from flask_babel import Babel, Domain, format_date, format_datetime, get_locale, get_timezone, gettext
from markupsafe import Markup

from pb import ROOMS
from pb.base.money import format_euros
from pb.base.refusals import Reason

LOCALES = ("nl", "en")
TRANSLATIONS = Path(__file__).parent / "translations"
Voice = Callable[..., Markup]
"""Says the text of a key, with facts by their names, which it escapes."""


class Catalogues(Babel):  # type: ignore[misc]  # Flask-Babel carries no types
    """Flask-Babel with its domain made once: it otherwise reads every catalogue again for every request."""

    @cached_property
    def domain_instance(self) -> Domain:
        """One catalogue a room, merged when a language is first spoken."""
        domains = ("base", "counting", *ROOMS)
        return Domain([str(TRANSLATIONS)] * len(domains), ";".join(domains))

    @property
    def spoken_catalogue(self) -> Translations:
        """The catalogue of this moment's language."""
        return self._spoken()[0]

    def voice(self) -> Voice:
        """What says texts in this moment's language. A page is given it once, as it asks for dozens."""
        return self._spoken()[1]

    def say(self, key: str, /, **facts: Any) -> Markup:
        """A text in this moment's language, its facts escaped; for macros, which are not given a page's own voice."""
        return self.voice()(key, **facts)

    def _spoken(self) -> tuple[Translations, Voice]:
        locale = str(get_locale())
        if locale not in self._by_locale:
            catalogue = self.domain_instance.get_translations()
            self._by_locale[locale] = catalogue, _voice_of(catalogue)
        return self._by_locale[locale]

    @cached_property
    def _by_locale(self) -> dict[str, tuple[Translations, Voice]]:
        return {}


def _voice_of(catalogue: Translations) -> Voice:
    ready: dict[str, Markup] = {}

    def say(key: str, /, **facts: Any) -> Markup:
        if facts:
            return Markup(catalogue.ugettext(key)) % facts  # noqa: S704 - the words are ours
        if key not in ready:
            ready[key] = Markup(catalogue.ugettext(key)) % {}  # noqa: S704 - the words are ours
        return ready[key]

    return say


class LanguagePrefix:
    """`/en/…` is the same page in English: the prefix moves to SCRIPT_NAME, so that `url_for` keeps it."""

    def __init__(self, application: Any) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        path = environ.get("PATH_INFO", "")
        for locale in LOCALES[1:]:
            if path == f"/{locale}" or path.startswith(f"/{locale}/"):
                environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + f"/{locale}"
                environ["PATH_INFO"] = path[len(locale) + 1 :] or "/"
                environ["pb.locale"] = locale
        return self.application(environ, start_response)


def spoken() -> str:
    """The language of this request: by its address, Dutch without a prefix."""
    locale: str = request.environ.get("pb.locale", LOCALES[0]) if request else LOCALES[0]
    return locale


def euros(cents: int) -> str:
    """An amount in the language of the request."""
    return format_euros(cents, str(get_locale() or LOCALES[0]))


def say(reason: Reason) -> str:
    """A reason as a sentence. Facts named `cost`, `left`, `amount`, … in whole cents are said as money: see `MONEY_FACTS`."""
    return str(gettext(str(reason.refusal), **_spoken_facts(reason.facts)))


MONEY_FACTS = frozenset({"amount", "asked", "cost", "left", "limit", "needed", "total"})


def _spoken_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _spoken(name, value) for name, value in facts.items()}


def _spoken(name: str, value: Any) -> Any:
    if name in MONEY_FACTS and isinstance(value, int):
        return euros(value)
    if isinstance(value, datetime):
        return moment(value)
    return value


def moment(value: datetime) -> str:
    """`zondag 28 juni 2020, 23.59 uur`, on the municipality's clock."""
    return _moment(value, str(get_locale()), str(get_timezone()))


def day(value: date) -> str:
    """`zondag 28 juni 2020`; a datetime is read on the municipality's clock."""
    return _day(value, str(get_locale()), str(get_timezone()))


@lru_cache(maxsize=2048)
def _moment(value: datetime, _locale: str, _zone: str) -> str:
    """A round has a dozen moments, and its pages say them all day."""
    return str(gettext("date.moment", date=day(value), time=format_datetime(value, gettext("date.time_pattern"))))


@lru_cache(maxsize=2048)
def _day(value: date, _locale: str, _zone: str) -> str:
    return str(format_date(value, "EEEE d MMMM y"))


def init_app(app: Flask, babel: Catalogues) -> None:
    """Bind the catalogues, the prefix and the filters that templates use."""
    babel.init_app(app, default_locale=LOCALES[0], locale_selector=spoken)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of Jinja's i18n extension
        lambda key: babel.spoken_catalogue.ugettext(key),
        lambda key, plural, number: babel.spoken_catalogue.ungettext(key, plural, number),
        newstyle=True,
    )
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    app.jinja_env.filters.update(euros=euros, say=say, moment=moment, day=day)
    app.context_processor(lambda: {"_": babel.voice()})
    app.jinja_env.globals.update(_=babel.say, get_locale=get_locale, spoken=spoken)


def compile_catalogues() -> None:
    """Make each `.mo` that is missing or older than its `.po`; part of `make install`, and of the tests."""
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
            continue
        with source.open("rb") as read:
            catalogue = read_po(read, locale=source.parent.parent.name, abort_invalid=True)
        fresh = target.with_suffix(f".{os.getpid()}")
        with fresh.open("wb") as written:
            write_mo(written, catalogue)
        fresh.replace(target)
