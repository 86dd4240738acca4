"""The short name of a plan in addresses, on ballots and in files."""

import re
import unicodedata
from collections.abc import Container
from itertools import count

from pb.base.refusals import Reason
from pb.plans.values import PlanRefusal

LONGEST_CODE = 40
RESERVED = frozenset({"nieuw", "lijst"})
"""Names of pages beside the plans."""
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)


def code_for(title: str, taken: Container[str]) -> str:
    """A code from the title that no plan of the round has yet.

    >>> code_for("Een café in 't bos!", {"een-cafe-in-t-bos"})
    'een-cafe-in-t-bos-2'
    """
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    base = _shortened(words) or "plan"
    free = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(code for code in free if code not in taken and code not in RESERVED)


def code_reasons(code: str, taken: Container[str]) -> list[Reason]:
    """Why a wished code cannot be given."""
    if not _CODE.fullmatch(code) or len(code) > LONGEST_CODE or code in RESERVED:
        return [PlanRefusal.CODE_WRONG(about="code")]
    return [PlanRefusal.CODE_TAKEN(about="code")] if code in taken else []


def _shortened(words: str) -> str:
    """As many whole words as fit with room for a number behind them."""
    room = LONGEST_CODE - 5
    return words if len(words) <= room else words[: room + 1].rpartition("-")[0] or words[:room]
