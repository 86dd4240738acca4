"""What should not become public by mistake: telephone numbers, citizen numbers, accounts and addresses in a text.

It is pointed out, not forbidden: a proposer who looked at it may still want it to be read.
"""

import re
from collections.abc import Iterator, Mapping

from pb.base.citizen_numbers import passes_eleven_test
from pb.base.refusals import Reason
from pb.plans.values import PlanDraft, PlanRefusal

_DIGIT = r"[\s.-]{0,2}[0-9]"
_TELEPHONE = re.compile(
    rf"(?<!\w)(?:(?:(?:\+|00)31[\s.-]{{0,2}}(?:\(0\))?|0)(?:{_DIGIT}){{9}}"
    rf"|\(0[0-9]{{2}}\)(?:{_DIGIT}){{7}}|\(0[0-9]{{3}}\)(?:{_DIGIT}){{6}})(?!\w)"
)
_SERVICE = re.compile(r"0[\s.-]?[89][\s.-]?0[\s.-]?0")
_CITIZEN = re.compile(r"(?<!\w)(?<![0-9][.,])[0-9](?:[ .]?[0-9]){7,8}(?![\w])")
_ACCOUNT = re.compile(r"\b[A-Za-z]{2}[0-9]{2}(?: ?[A-Za-z0-9]){11,30}\b")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+")


def personal_data_in(text: str) -> tuple[str, ...]:
    """The pieces of a text that look personal, as they are written.

    >>> personal_data_in("Bel 06-12345678 of stort op NL91 ABNA 0417 1643 00.")
    ('NL91 ABNA 0417 1643 00', '06-12345678')
    """
    return tuple(dict.fromkeys(_found(text)))


def personal_reasons(texts: Mapping[str, str]) -> list[Reason]:
    """What to point out before these texts, by form field, are public."""
    return [
        PlanRefusal.PERSONAL_DATA(about=name, found=found)
        for name, text in texts.items()
        for found in personal_data_in(text)
    ]


def public_texts(draft: PlanDraft) -> dict[str, str]:
    """The texts of a plan that everybody reads, by form field."""
    names = ("title", "summary", "text", "place", "public_name", "picture_alt")
    return {name: getattr(draft, name) for name in names} | {"lines": "\n".join(line.what for line in draft.lines)}


def _found(text: str) -> Iterator[str]:
    """Accounts and addresses first: a part of one may look like a telephone number."""
    taken: list[range] = []
    for start, piece in _candidates(text):
        if not any(start in earlier for earlier in taken):
            taken.append(range(start, start + len(piece)))
            yield piece


def _candidates(text: str) -> Iterator[tuple[int, str]]:
    for match in _ACCOUNT.finditer(text):
        yield from ((match.start(), piece) for piece in _account(match[0]))
    yield from ((match.start(), match[0]) for match in _ADDRESS.finditer(text))
    for match in _TELEPHONE.finditer(text):
        if not _SERVICE.match(match[0]):
            yield match.start(), match[0]
    yield from ((match.start(), match[0]) for match in _CITIZEN.finditer(text) if passes_eleven_test(match[0]))


def _account(written: str) -> Iterator[str]:
    """The account number at the start of what looks like one: words behind it may look as if they belonged to it."""
    for end in range(len(written), 14, -1):
        plain = written[:end].replace(" ", "").upper()
        if len(plain) >= 15 and written[end - 1] != " " and _passes_97_test(plain):
            yield written[:end]
            return


def _passes_97_test(plain: str) -> bool:
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1
