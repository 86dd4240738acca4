"""What an address asks of the list of plans, and the address that asks it: pure, but for the lot of a new visit."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pb.base.text import clean_line
from pb.plans.rules.listing import Sort, Wish, moment_of_visit

LONGEST_SEARCH = 80
SEEDS = 1_000_000


def wish_in(asked: Mapping[str, str], now: datetime) -> Wish:
    """The wish of an address; what it does not say, or says wrongly, is as on a first visit. Only that draws a lot."""
    found = Wish(
        words=clean_line(asked.get("zoek"))[:LONGEST_SEARCH],
        theme=asked.get("thema", ""),
        standing=asked.get("stand", ""),
        sort=_sort(asked.get("volgorde", "")),
        seed=_number(asked.get("zaad")) % SEEDS,
        at=moment_of_visit(_moment(asked.get("op")), _milliseconds(now)),
        page=max(1, _number(asked.get("pagina"))),
    )
    return found if found.seed else replace(found, seed=1 + secrets.randbelow(SEEDS - 1))


def asked_by(wish: Wish, page: int) -> dict[str, Any]:
    """The question of the address at which this visit's `page` is."""
    whole = {
        "zoek": wish.words,
        "thema": wish.theme,
        "stand": wish.standing,
        "volgorde": "" if wish.sort is Sort.RANDOM else wish.sort.value,
        "zaad": wish.seed if wish.sort is Sort.RANDOM else "",
        "op": round(wish.at.timestamp() * 1000) if wish.at else "",
        "pagina": page,
    }
    return {name: value for name, value in whole.items() if value}


def _sort(written: str) -> Sort:
    return Sort(written) if written in set(Sort) else Sort.RANDOM


def _number(written: str | None) -> int:
    return int(written) if written and written.isascii() and written.isdecimal() and len(written) < 16 else 0


def _milliseconds(moment: datetime) -> datetime:
    """As fine as an address says it, so that the second page is read as of the very moment of the first."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _moment(written: str | None) -> datetime | None:
    milliseconds = _number(written)
    return datetime.fromtimestamp(milliseconds / 1000, UTC) if 0 < milliseconds < 10**14 else None
