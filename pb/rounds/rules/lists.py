"""Lists of named things with a code: pots, themes, criteria."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pb.base.refusals import Reason
from pb.rounds.values import FrameRefusal

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
"""Short ASCII: codes stand in addresses, on ballots and in files."""


def list_reasons(about: str, rows: Iterable[tuple[str, str]]) -> Iterator[Reason]:
    """What is wrong with these (code, name) pairs, at the field `about`."""
    rows = tuple(rows)
    if any(not name for _, name in rows):
        yield FrameRefusal.LIST_NAME_MISSING(about=about)
    for code, name in rows:
        if name and not CODE.fullmatch(code):
            yield FrameRefusal.LIST_CODE_WRONG(about=about, name=name)
    for code, often in Counter(code for code, _ in rows).items():
        if often > 1:
            yield FrameRefusal.LIST_TWICE(about=about, name=next(name for one, name in rows if one == code))
