"""The desk as values: what is counted there, and why something is not noted."""

from dataclasses import dataclass

from pb.base.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Proxy:
    """Who votes for somebody else: what identifies them, and the number of the letter that they hold."""

    name: str
    born: str
    letter: str


@dataclass(frozen=True, slots=True)
class Returned:
    """Letters that came back: how many were noted now, and how many were noted before."""

    noted: int
    known: int


@dataclass(frozen=True, slots=True)
class DeskCount:
    """What happened at the desk in numbers: letters that came back, and letters that somebody else votes with."""

    returned: int
    proxies: int


class NoteRefusal(Refusal):
    """Why the desk notes nothing."""

    NAME_MISSING = "proxy.name_missing"
    NOT_A_BIRTH_DATE = "proxy.not_a_birth_date"
    LETTER_MISSING = "proxy.letter_missing"
    NOT_SEEN = "proxy.not_seen"
    TWO_ALREADY = "proxy.two_already"
    LETTER_ALREADY = "proxy.letter_already"
    CLOSED = "proxy.closed"
    NO_LETTERS = "returned.no_letters"
    TOO_MANY = "returned.too_many"
