"""What people type at the desk, pure: hashes of the desk file, letter numbers, and what identifies a person."""

import re
import unicodedata
from datetime import date

from pb.base.hashing import tagged_hmac
from pb.base.refusals import Refused
from pb.base.text import clean_line
from pb.voting.desk.values import NoteRefusal, Proxy
from pb.voting.values import DeskRefusal

MOST_LETTERS = 500
"""Letter numbers that are typed together."""
_DATES = (r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)", r"(?P<d>\d\d?)[-/. ](?P<m>\d\d?)[-/. ](?P<y>\d{4})")


def read_hash(typed: str, about: str) -> bytes:
    """A credential as somebody copied it from the desk file. Raises `Refused`."""
    signs = "".join(typed.split()).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", signs):
        raise Refused(DeskRefusal.NOT_A_HASH(about=about))
    return bytes.fromhex(signs)


def read_proxy(name: str, born: str, letter: str) -> Proxy:
    """Who votes for somebody else, in the one form in which they are known again. Raises `Refused` with every reason.

    >>> read_proxy("Van den Bérg ", "3-4-1970", " r17")
    Proxy(name='vandenberg', born='1970-04-03', letter='R17')
    """
    plain = unicodedata.normalize("NFKD", clean_line(name).casefold())
    letters = "".join(sign for sign in plain if sign.isalpha())
    day, number = _read_day(born), _read_letter(letter)
    reasons = [
        *([] if letters else [NoteRefusal.NAME_MISSING(about="name")]),
        *([] if day else [NoteRefusal.NOT_A_BIRTH_DATE(about="born")]),
        *([] if number else [NoteRefusal.LETTER_MISSING(about="letter")]),
    ]
    if reasons or day is None:
        raise Refused(*reasons)
    return Proxy(letters, day.isoformat(), number)


def read_letters(typed: str) -> tuple[str, ...]:
    """Letter numbers, apart by lines, spaces or commas, each once. Raises `Refused` for none and for too many."""
    numbers = tuple(dict.fromkeys(_read_letter(part) for part in re.split(r"[\s,;]+", typed) if _read_letter(part)))
    if not numbers:
        raise Refused(NoteRefusal.NO_LETTERS(about="letters"))
    if len(numbers) > MOST_LETTERS:
        raise Refused(NoteRefusal.TOO_MANY(about="letters", most=MOST_LETTERS))
    return numbers


def proxy_hash(round_key: bytes, proxy: Proxy) -> bytes:
    """Under which name a person is counted; nobody finds the person without the round's secret."""
    return tagged_hmac(round_key, "proxy", proxy.name, proxy.born)


def letter_hash(round_key: bytes, purpose: str, letter: str) -> bytes:
    """Under which name a letter is counted for one purpose: `proxy` or `returned`."""
    return tagged_hmac(round_key, f"{purpose}-letter", letter)


def _read_letter(typed: str) -> str:
    return "".join(clean_line(typed).upper().split())[:40]


def _read_day(typed: str) -> date | None:
    """A birth date that somebody alive may have."""
    for pattern in _DATES:
        match = re.fullmatch(pattern, clean_line(typed), re.ASCII)
        if match and 1900 <= int(match["y"]) < 2100:
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                return None
    return None
