"""The numbers of plans on paper forms, pure: printed on the form, and typed by who enters it.

Plans of one pot stand together, in an order that a hash draws: it favours nobody and is the same on every form.
"""

import re
from collections.abc import Collection

from pb.base.hashing import tagged_hash
from pb.base.refusals import Refused
from pb.voting.paper.values import PaperRefusal
from pb.voting.values import BallotPlan, Choices, Manifest

LONGEST_TYPED = 400


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
    signs = [sign for sign in re.split(r"[\s,.;+-]+", typed[:LONGEST_TYPED]) if sign]
    strange = next((sign for sign in signs if not re.fullmatch(r"[0-9]{1,4}", sign) or int(sign) not in numbers), None)
    if strange is not None:
        raise Refused(PaperRefusal.PLAN_UNKNOWN(about="plans", number=strange[:20]))
    chosen = [numbers[int(sign)].code for sign in signs]
    if len(set(chosen)) < len(chosen):
        raise Refused(PaperRefusal.PLAN_TWICE(about="plans"))
    return tuple(sorted(code for code in chosen if code not in withdrawn))
