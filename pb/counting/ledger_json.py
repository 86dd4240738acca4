"""The ledger as JSON in one form only, so that two counts of the same ballots give the same bytes on every machine.

Sorted keys, ASCII only, two spaces, one newline at the end; a fraction is written `"25000/21"`.
"""

import json
from dataclasses import asdict, fields
from fractions import Fraction
from typing import Any

from pb.base.refusals import Refused
from pb.counting.ledger import Comparison, End, Ledger, Part, Share, Step, Tie, Why
from pb.counting.refusals import CountRefusal

FORMAT = "begroot-ledger/1"


def ledger_to_json(ledger: Ledger) -> str:
    """The ledger as text, with the winners, their cost and what is left beside the steps."""
    plain = asdict(ledger) | {
        "format": FORMAT,
        "winners": ledger.winners,
        "cost": ledger.cost,
        "left": ledger.left,
    }
    return json.dumps(plain, sort_keys=True, indent=2, ensure_ascii=True, allow_nan=False, default=str) + "\n"


def ledger_from_json(text: str) -> Ledger:
    """The ledger again. Raises `Refused` for what `ledger_to_json` did not write, down to the byte."""
    try:
        ledger = _ledger(json.loads(text))
        same = ledger_to_json(ledger) == text
    except (ValueError, TypeError, KeyError, AttributeError, ZeroDivisionError, RecursionError) as error:
        raise Refused(CountRefusal.NOT_A_LEDGER()) from error
    if not same:
        raise Refused(CountRefusal.NOT_A_LEDGER())
    return ledger


def _ledger(plain: dict[str, Any]) -> Ledger:
    kept = {field.name: plain[field.name] for field in fields(Ledger)}
    read = {
        "lot": tuple(plain["lot"]),
        "awards": tuple(plain["awards"]),
        "steps": tuple(_step(step) for step in plain["steps"]),
        "shares": tuple(_share(share) for share in plain["shares"]),
        "comparison": None if plain["comparison"] is None else Comparison(**plain["comparison"]),
    }
    return Ledger(**(kept | read))


def _step(plain: dict[str, Any]) -> Step:
    enums = {"why": Why(plain["why"]), "tie": Tie(plain["tie"]), "part": Part(plain["part"])}
    fractions = {name: _fraction(plain[name]) for name in ("price", "held")}
    return Step(**(plain | enums | fractions))


def _share(plain: dict[str, Any]) -> Share:
    read = {"first": Fraction(plain["first"]), "last": Fraction(plain["last"]), "end": End(plain["end"])}
    return Share(**(plain | read))


def _fraction(written: str | None) -> Fraction | None:
    return None if written is None else Fraction(written)
