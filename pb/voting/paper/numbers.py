"""The numbers of plans on paper forms, pure: printed on the form, and typed by who enters it.

Plans of one pot stand together, in an order that a hash draws: it favours nobody and is the same on every form.
"""

import re
from collections.abc import Collection, Container

from pb.base.hashing import tagged_hash
from pb.base.refusals import Refused, refuse_if_any
from pb.voting.paper.values import PaperRefusal
from pb.voting.values import BallotPlan, Choices, DrawRefusal, Manifest

LONGEST_TYPED = 400
MOST_TOLD = 5
"""Of so many strange signs is told that they are strange."""


def plan_numbers(manifest: Manifest) -> dict[int, BallotPlan]:
    """Every plan of the sealed ballot by its number; no number stands on two forms."""
    pots = [pot.code for pot in manifest.frame.all_pots()]
    drawn = sorted(
        manifest.plans, key=lambda plan: (pots.index(plan.pot), tagged_hash("paper-order", manifest.round, plan.code))
    )
    return dict(enumerate(drawn, start=1))


def read_numbers(manifest: Manifest, typed: str, withdrawn: Collection[str] = ()) -> Choices:
    """The chosen plans of a form from their numbers, sorted; nothing typed is a blank ballot.

    Numbers stand apart by spaces, commas or dots. A plan that left the ballot while people voted falls out: the form
    counts for the others, as a vote on the site does. Raises `Refused` for another number, and for one that is there twice.
    """
    numbers = plan_numbers(manifest)
    signs = _signs(typed[:LONGEST_TYPED])
    strange = next((sign for sign in signs if not _is_number(sign, numbers)), None)
    if strange is not None:
        raise Refused(PaperRefusal.PLAN_UNKNOWN(about="plans", number=strange[:20]))
    chosen = [numbers[int(sign)].code for sign in signs]
    if len(set(chosen)) < len(chosen):
        raise Refused(PaperRefusal.PLAN_TWICE(about="plans"))
    return tuple(sorted(code for code in chosen if code not in withdrawn))


def read_order(manifest: Manifest, typed: str) -> Choices:
    """The plans in the order in which their numbers were typed. Raises `Refused` for everything that is no number of a plan."""
    numbers, signs = plan_numbers(manifest), _signs(typed)
    strange = [sign for sign in signs if not _is_number(sign, numbers)]
    refuse_if_any(DrawRefusal.PLAN_UNKNOWN(about="order", plan=sign[:20]) for sign in strange[:MOST_TOLD])
    return tuple(numbers[int(sign)].code for sign in signs)


def _signs(typed: str) -> list[str]:
    return [sign for sign in re.split(r"[\s,.;+-]+", typed) if sign]


def _is_number(sign: str, numbers: Container[int]) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,4}", sign)) and int(sign) in numbers
