"""An explanation as a count keeps it, and back."""

from typing import Any

from pb.counting.story import Sentence, Told
from pb.results.values import Explanation, OtherRule, Unfair


def explanation_to_json(explanation: Explanation) -> dict[str, Any]:
    """Plain values, as a count keeps them."""
    return {
        "voters": explanation.voters,
        "served": explanation.served,
        "by_points": explanation.by_points,
        "stories": {
            plan: [[sentence.told.value, dict(sentence.facts)] for sentence in story]
            for plan, story in explanation.stories.items()
        },
        "held": dict(explanation.held),
        "unfair": [[one.plan, one.people] for one in explanation.unfair],
        "others": [[one.name, list(one.winners), one.cost, one.served, one.unfair] for one in explanation.others],
    }


def explanation_from_json(plain: dict[str, Any]) -> Explanation:
    """The explanation again."""
    return Explanation(
        voters=plain["voters"],
        served=plain["served"],
        by_points=plain["by_points"],
        stories={
            plan: tuple(Sentence(Told(told), facts) for told, facts in story)
            for plan, story in plain["stories"].items()
        },
        held=plain["held"],
        unfair=tuple(Unfair(*one) for one in plain["unfair"]),
        others=tuple(
            OtherRule(name, tuple(winners), cost, served, unfair)
            for name, winners, cost, served, unfair in plain["others"]
        ),
    )
