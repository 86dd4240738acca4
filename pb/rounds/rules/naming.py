"""Names that people type: of a round and its address, and the words of a question."""

import re

from pb.base.refusals import Reason
from pb.rounds.values import FrameRefusal, RoundRefusal

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 60


def naming_reasons(name: str, slug: str) -> list[Reason]:
    """Why a round cannot have this name or this address."""
    found = [] if name else [FrameRefusal.NAME_MISSING(about="name")]
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        found.append(RoundRefusal.SLUG_WRONG(about="slug"))
    return found


def question_reasons(question: str, answer: str) -> list[Reason]:
    """A question without an answer, or the other way round, helps nobody."""
    if bool(question) == bool(answer):
        return []
    return [RoundRefusal.QUESTION_HALF(about="question" if answer else "answer")]
