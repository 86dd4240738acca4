"""What of a public result may be corrected, which version says what, and the file for programs: as grids."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pb.counting.ledger import Why
from pb.results.corrections.record import corrections_file
from pb.results.corrections.rules import LONGEST, correcting_reasons, open_reasons
from pb.results.corrections.values import Correction, Wish
from pb.results.rules import why_not
from pb.results.values import Outcome
from pb.rounds.values import Decision, DecisionKind, DecisionRecord, Pot
from tests.factories import at
from tests.unit.results import an_outcome

OLD = Decision("Raad", date(2020, 6, 30), "2020-114", "https://example.org/1")
NEW = Decision("Raad", date(2020, 7, 10), "2020-131", "https://example.org/2")
POTS = (Pot("all", "het centrum", 9_000_00),)
WISH = Wish(("p2",), "de grond niet te koop is", NEW)


def record(decision: Decision, kind: DecisionKind = DecisionKind.CORRECT_RESULT) -> DecisionRecord:
    return DecisionRecord(1, kind, decision, None, at(7, 1))


def a_result(*whys: Why, **settings: Any) -> Outcome:
    """A public result in which every plan costs 4,200 euros."""
    counted = an_outcome(*whys or (Why.FITS, Why.DOES_NOT_FIT, Why.WITHDRAWN))
    ledger = replace(counted.ledger, settings=counted.ledger.settings | settings)
    adopted = record(OLD, DecisionKind.ADOPT_RESULT)
    return replace(counted, ledger=ledger, decision=adopted, published_at=at(7, 3))


def a_correction(version: int, *winners: str, reason: str = "dat zo is") -> Correction:
    return Correction(version, winners, reason, record(replace(NEW, number=f"nr-{version}")), at(7, 10 + version))


def keys(outcome: Outcome, wish: Wish, pots: Sequence[Pot] = POTS) -> list[tuple[str, str | None]]:
    return [(reason.refusal.value, reason.about) for reason in correcting_reasons(outcome, wish, pots)]


@pytest.mark.parametrize(
    ("winners", "wrong"),
    [
        (("p2",), []),
        (("p1", "p2"), []),
        ((), []),
        (("p1",), ["correction.nothing_changed"]),
        (("p1", "weg"), ["correction.plan_unknown"]),
        (("p1", "p3"), ["correction.withdrawn"]),
        (("p1", "p2", "p3"), ["correction.withdrawn", "correction.too_dear"]),
    ],
)
def test_the_list_of_winners_may_change_within_the_money(winners: tuple[str, ...], wrong: list[str]) -> None:
    found = keys(a_result(), replace(WISH, winners=winners))
    assert found == [(key, "winners") for key in wrong]


@pytest.mark.parametrize(
    ("settings", "pots", "wrong"),
    [
        ({}, (Pot("all", "het centrum", 8_399_99),), ["correction.too_dear"]),
        ({}, (Pot("all", "het centrum", 8_400_00),), []),
        ({"caps": [{"name": "Spelen", "money": 4_200_00, "plans": ["p1", "p2"]}]}, POTS, ["correction.ceiling"]),
        ({"caps": [{"name": "Spelen", "money": 8_400_00, "plans": ["p1", "p2"]}]}, POTS, []),
        ({"caps": [{"name": "Spelen", "money": 4_200_00, "plans": ["p1"]}]}, POTS, []),
        ({"conflicts": [["p1", "p2"]]}, POTS, ["correction.excluded"]),
        ({"conflicts": [["p1", "p9"]]}, POTS, []),
    ],
)
def test_the_limits_that_people_voted_under_stand(
    settings: dict[str, Any], pots: tuple[Pot, ...], wrong: list[str]
) -> None:
    found = keys(a_result(**settings), replace(WISH, winners=("p1", "p2")), pots)
    assert found == [(key, "winners") for key in wrong]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"reason": ""}, [("correction.reason_missing", "reason")]),
        ({"reason": "x" * LONGEST}, []),
        ({"reason": "x" * (LONGEST + 1)}, [("correction.reason_too_long", "reason")]),
        ({"decision": OLD}, [("correction.old_decision", "number")]),
        ({"decision": replace(OLD, date=NEW.date, link=NEW.link)}, [("correction.old_decision", "number")]),
        ({"decision": replace(NEW, date=date(2020, 6, 29))}, [("correction.decision_earlier", "taken_on")]),
        ({"decision": replace(NEW, date=OLD.date)}, []),
    ],
)
def test_a_correction_has_a_reason_and_a_decision_of_its_own(
    changes: dict[str, Any], wrong: list[tuple[str, str]]
) -> None:
    assert keys(a_result(), replace(WISH, **changes)) == wrong


def test_the_decision_of_an_earlier_correction_is_no_new_one() -> None:
    corrected = a_result().after([a_correction(2, "p2")])
    wish = replace(WISH, winners=("p1",), decision=corrected.corrections[0].decision.decision)
    assert keys(corrected, wish) == [("correction.old_decision", "number")]


def test_only_a_public_result_is_corrected() -> None:
    public = a_result()
    for early in (None, replace(public, published_at=None)):
        assert [reason.refusal for reason in open_reasons(early)] == ["correction.not_published"]
    assert open_reasons(public) == open_reasons(public.after([a_correction(2, "p2")])) == []


VERSIONS = [
    a_correction(2, "p2", reason="een"),
    a_correction(3, "p1", "p2", reason="twee"),
    a_correction(4, reason="drie"),
]


@pytest.mark.parametrize(
    ("version", "winners", "cost"),
    [(1, ["p1"], 4_200_00), (2, ["p2"], 4_200_00), (3, ["p1", "p2"], 8_400_00), (4, [], 0)],
)
def test_every_version_keeps_its_winners_and_its_money(version: int, winners: list[str], cost: int) -> None:
    newest = a_result().after(VERSIONS)
    found = newest.at_version(version)
    assert found and found.version == version and [plan.code for plan in found.winners] == winners
    assert (found.cost, found.left) == (cost, 5_000_00 - cost) and len(found.decisions) == version
    assert found.ledger == newest.ledger and [one.step for one in found.results] == list(newest.ledger.steps)


@pytest.mark.parametrize("version", [0, -1, 5])
def test_other_versions_are_not_there(version: int) -> None:
    assert a_result().after(VERSIONS).at_version(version) is None


@pytest.mark.parametrize(
    ("corrections", "p1", "p2"),
    [([], None, None), (VERSIONS[:1], "een", "een"), (VERSIONS[:2], "twee", "een"), (VERSIONS, "drie", "drie")],
)
def test_a_plan_knows_which_correction_gave_its_verdict(
    corrections: list[Correction], p1: str | None, p2: str | None
) -> None:
    found = a_result().after(corrections)
    changed = [found.changed_by(code) for code in ("p1", "p2", "p3")]
    assert [one.reason if one else None for one in changed] == [p1, p2, None]


def test_why_a_plan_does_not_win_any_more() -> None:
    found = a_result().after(VERSIONS[:1])
    dropped, added = (why_not(found, found.results[place]) for place in (0, 1))
    assert dropped and dropped.refusal == "results.why.corrected" and dropped.facts == {"reason": "een"}
    assert added is None


def test_the_file_for_programs_binds_itself_to_the_count() -> None:
    plain = json.loads(corrections_file("ab" * 16, b"{}\n", VERSIONS[:2]))
    assert plain["format"] == "begroot-corrections/1" and plain["round"] == "ab" * 16
    assert plain["outcome"] == hashlib.sha256(b"{}\n").hexdigest()
    assert [(one["version"], one["winners"], one["at"]) for one in plain["corrections"]] == [
        (2, ["p2"], "2020-07-12T10:00:00Z"),
        (3, ["p1", "p2"], "2020-07-13T10:00:00Z"),
    ]
    assert plain["corrections"][0]["decision"] == {
        "body": "Raad",
        "date": "2020-07-10",
        "number": "nr-2",
        "link": "https://example.org/2",
    }
