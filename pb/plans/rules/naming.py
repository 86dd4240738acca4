"""The short name of a plan in addresses, on ballots and in files."""

import re
from collections.abc import Container
from itertools import count

from pb.base.refusals import Reason
from pb.base.text import slug_of
from pb.plans.values import PlanRefusal

LONGEST_CODE = 40
ROOM_FOR_NUMBER = 5
RESERVED = frozenset({"nieuw", "verder"})
"""Names of pages beside the plans."""
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)


def code_for(title: str, taken: Container[str]) -> str:
    """A code from the title that no plan of the round has yet.

    >>> code_for("Een café in 't bos!", {"een-cafe-in-t-bos"})
    'een-cafe-in-t-bos-2'
    """
    base = slug_of(title, LONGEST_CODE - ROOM_FOR_NUMBER) or "plan"
    free = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(code for code in free if code not in taken and code not in RESERVED)


def code_reasons(code: str, taken: Container[str]) -> list[Reason]:
    """Why a wished code cannot be given."""
    if not _CODE.fullmatch(code) or len(code) > LONGEST_CODE or code in RESERVED:
        return [PlanRefusal.CODE_WRONG(about="code")]
    return [PlanRefusal.CODE_TAKEN(about="code")] if code in taken else []
