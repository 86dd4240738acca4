"""`plans.json`, pure: the words of every plan on the ballot, so that anybody can hold them against the sealed hashes."""

from collections.abc import Iterable
from dataclasses import asdict

from pb.voting.protocol import canonical_json
from pb.voting.values import PlanWords

VERSION = "begroot-plans/1"


def plans_file(round_: str, plans: Iterable[PlanWords]) -> bytes:
    """The file's bytes; plans stand in the order of their codes, as in the manifest."""
    rows = [asdict(plan) for plan in sorted(plans, key=lambda plan: plan.code)]
    return canonical_json({"version": VERSION, "round": round_, "plans": rows})
