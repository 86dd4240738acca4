"""Voting letters, pure: what one holds, and many of them as PDF, in Dutch and English with an address window.

The code stands in signs and as QR code. In the QR's link it comes behind `#`, which browsers never send: it reaches no
log. Words come from the catalogues, the page from `letter.typ`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import segno
import typst
from babel.dates import format_date
from babel.support import NullTranslations, Translations

from pb.base.hashing import credential_of, token_of
from pb.base.money import format_euros
from pb.roll.codes import show_code
from pb.roll.parameters import Parameters
from pb.roll.register import Entry
from pb.roll.values import Credential, CredentialKind
from pb.words import TRANSLATIONS

PAGE = Path(__file__).parent / "letter.typ"
FONTS = Path(__file__).parent.parent.parent / "static" / "vendor" / "fonts-ttf"
PARTS = ("title", "lead", "how", "steps", "help", "secret", "code", "qr", "number", "spare")
"""What the letter says, in each language: `letter.<part>` in the catalogues."""
LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with its code: `entry` is `None` and `area` and `age` are empty for a spare one."""

    number: str
    code: str
    style: str
    area: str = ""
    age: str = ""
    entry: Entry | None = None

    def credential(self, round_: str) -> Credential:
        """What the site learns of it; `round_` is the round's public id."""
        kind = CredentialKind.SPARE if self.entry is None else CredentialKind.ISSUED
        return Credential(credential_of(token_of(round_, self.code)), self.style, kind, self.area, self.age)


def letters_pdf(letters: Sequence[Letter], parameters: Parameters) -> bytes:
    """One page a letter, with tags for screen readers (PDF/UA-1)."""
    inputs = {
        "letters": json.dumps([_shown(letter, parameters) for letter in letters]),
        "words": json.dumps({locale: letter_words(locale, parameters) for locale in LANGUAGES}),
        "sender": json.dumps([parameters.municipality, parameters.address]),
    }
    fonts = [FONTS] if FONTS.is_dir() else []
    pdf: bytes = typst.compile(PAGE, font_paths=fonts, sys_inputs=inputs, pdf_standards="ua-1")
    return pdf


def letter_words(locale: str, parameters: Parameters) -> dict[str, str]:
    """The sentences of a letter in a language, with the round's facts in them."""
    last_day = (parameters.closes - timedelta(seconds=1)).astimezone(ZoneInfo(parameters.zone))
    facts = {
        "round": parameters.name,
        "area": parameters.area,
        "total": format_euros(parameters.total, locale),
        "until": format_date(last_day, "EEEE d MMMM y", locale=locale),
        "link": parameters.links[locale].removeprefix("https://").removeprefix("http://"),
        "telephone": parameters.telephone,
        "hours": parameters.opening_hours,
        "mail": parameters.mail,
    }
    catalogue = _catalogue(locale)
    return {part: catalogue.gettext(f"letter.{part}") % facts for part in PARTS}


@cache
def _catalogue(locale: str) -> NullTranslations:
    return Translations.load(TRANSLATIONS, [locale], "roll")


def _shown(letter: Letter, parameters: Parameters) -> dict[str, object]:
    entry = letter.entry
    lines = [entry.name, f"{entry.street} {entry.number}", f"{entry.postcode}  {entry.city}"] if entry else []
    link = f"{parameters.links['nl']}#{letter.code}"
    return {
        "address": lines,
        "number": letter.number,
        "code": show_code(letter.code),
        "qr": segno.make(link, error="m").svg_inline(border=0, dark="#14261f"),
    }
