"""Money is whole cents, never a float."""

import re
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency

from pb.base.cents import Cents as Cents
from pb.base.refusals import Reason, Refusal

NBSP = "\u00a0"
LARGEST = 1_000_000_000_00
"""A billion euros: more than any neighbourhood's budget, and safely inside the database's integers."""


class MoneyRefusal(Refusal):
    """Why a written amount is not taken."""

    NOT_AN_AMOUNT = "money.not_an_amount"
    NEGATIVE = "money.negative"
    TOO_LARGE = "money.too_large"


# Plain or grouped by dots, with at most two decimals after a comma; "1.500" is fifteen hundred, "1,500" is refused.
_DUTCH = re.compile(r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,15})(?:,(?P<cents>[0-9]{2}|-))?", re.ASCII)
_POINT = re.compile(r"(?P<whole>[0-9]{1,15})\.(?P<cents>[0-9]{2})", re.ASCII)


def parse_euros(written: str) -> Cents | Reason:
    """An amount as people in the Netherlands write it, in cents; or the reason why it is not one.

    >>> parse_euros("€ 1.500"), parse_euros("12,50"), parse_euros("1,500").refusal
    (150000, 1250, <MoneyRefusal.NOT_AN_AMOUNT: 'money.not_an_amount'>)
    """
    bare = re.sub(r"[\s\u00a0\u202f]|€|EUR", "", written)
    if bare.startswith("-"):
        return MoneyRefusal.NEGATIVE(written=written)
    match = _DUTCH.fullmatch(bare) or _POINT.fullmatch(bare)
    if match is None:
        return MoneyRefusal.NOT_AN_AMOUNT(written=written)
    cents = (match["cents"] or "0").replace("-", "0")
    amount = int(match["whole"].replace(".", "")) * 100 + int(cents)
    return amount if amount <= LARGEST else MoneyRefusal.TOO_LARGE(written=written)


@lru_cache(maxsize=4096)
def format_euros(cents: Cents, locale: str = "nl") -> str:
    """An amount for people: `€ 4.200` or `€ 4.200,50`, in English `€4,200`; never broken over two lines."""
    digits = "#,##0.00" if cents % 100 else "#,##0"
    pattern = f"¤{NBSP}{digits}" if locale == "nl" else f"¤{digits}"
    return format_currency(Decimal(cents) / 100, "EUR", pattern, locale=locale, currency_digits=False).replace(
        " ", NBSP
    )
