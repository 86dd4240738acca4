"""Paper by grid: when batches and forms come in, what two or three readings lead to, and that no form is lost."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.refusals import Refused
from pb.voting.paper.numbers import plan_numbers, read_numbers
from pb.voting.paper.rules import (
    MOST_FORMS,
    REFUSED_BY,
    count_batch,
    entering_reasons,
    form_reasons,
    form_record,
    next_form,
    reading_reasons,
    refused_as,
    registering_reasons,
    step_of,
)
from pb.voting.paper.values import BatchRecord, FormRecord, FormState, Held, Outcome, Reading, Step, Verdict
from pb.voting.paper.values import PaperRefusal as Why
from pb.voting.protocol.paper import claim_tag, form_key, open_claim, reading_hash, seal_claim
from pb.voting.values import Box, Manifest
from tests.factories import CALENDAR, a_frame
from tests.unit.test_voting_rules import AREAS, DIVIDED, a_box, a_manifest

OPENS, CLOSES = CALENDAR.phases[-1].opens, CALENDAR.phases[-1].closes
SECOND = timedelta(seconds=1)
OVER = CLOSES + timedelta(days=2)
PAPER = replace(a_manifest(a_frame(paper_days=2)), paper_closes=OVER)
NO_PAPER = a_manifest(a_frame())
BY_AREA = a_manifest(AREAS, DIVIDED)
BOX = a_box()
ANNA, BEN, CARL, DIRK = 1, 2, 3, 4
A, B, C = b"a", b"b", b"c"


@pytest.mark.parametrize(
    ("now", "forms", "why"),
    [
        (OPENS - SECOND, 10, Why.NOT_OPEN_YET),
        (OPENS, 10, None),
        (CLOSES - SECOND, 10, None),
        (CLOSES, 10, Why.TOO_LATE),
        (OPENS, 0, Why.FORMS_WRONG),
        (OPENS, -3, Why.FORMS_WRONG),
        (OPENS, MOST_FORMS, None),
        (OPENS, MOST_FORMS + 1, Why.FORMS_WRONG),
    ],
)
def test_a_batch_comes_in_while_people_vote(now: datetime, forms: int, why: Why | None) -> None:
    assert [one.refusal for one in registering_reasons(BOX, PAPER, forms, now)] == ([why] if why else [])
    assert [one.refusal for one in registering_reasons(BOX, NO_PAPER, forms, now)] == [Why.NO_PAPER]


@pytest.mark.parametrize(
    ("now", "box", "why"),
    [
        (OPENS, BOX, Why.AFTER_CLOSE),
        (CLOSES - SECOND, BOX, Why.AFTER_CLOSE),
        (CLOSES, BOX, None),
        (OVER - SECOND, BOX, None),
        (OVER, BOX, Why.OVER),
        (CLOSES, replace(BOX, closed_at=CLOSES), Why.OVER),
        (OVER, replace(BOX, closes=CLOSES + timedelta(days=1)), None),
        (CLOSES, replace(BOX, closes=CLOSES + timedelta(days=1)), Why.AFTER_CLOSE),
    ],
)
def test_forms_are_entered_after_the_close_so_that_paper_comes_last(now: datetime, box: Box, why: Why | None) -> None:
    assert [one.refusal for one in entering_reasons(box, PAPER, now)] == ([why] if why else [])
    assert [one.refusal for one in entering_reasons(box, NO_PAPER, now)] == [Why.NO_PAPER]


@pytest.mark.parametrize(("form", "fits"), [(0, False), (-1, False), (1, True), (7, True), (8, False)])
def test_a_form_is_one_of_its_batch(form: int, fits: bool) -> None:
    assert (form_reasons(BatchRecord(1, 7, OPENS), form) == []) is fits
    assert form_reasons(None, form) == [Why.BATCH_UNKNOWN()]


# What a reading leads to

VOTE, NO_CODE = Verdict.VOTE, Verdict.NO_CODE
STEPS = [
    ({}, ANNA, A, VOTE, Step.KEPT),
    ({}, ANNA, A, NO_CODE, Step.KEPT),
    ({ANNA: A}, ANNA, A, VOTE, Step.KEPT),
    ({ANNA: A}, ANNA, B, VOTE, Step.KEPT),
    ({ANNA: A}, BEN, A, VOTE, Step.CAST),
    ({ANNA: A}, BEN, A, NO_CODE, Step.REFUSED),
    ({ANNA: A}, BEN, B, VOTE, Step.DIFFERS),
    ({ANNA: A}, BEN, B, NO_CODE, Step.DIFFERS),
    ({ANNA: A, BEN: B}, CARL, A, VOTE, Step.CAST),
    ({ANNA: A, BEN: B}, CARL, B, VOTE, Step.CAST),
    ({ANNA: A, BEN: B}, CARL, B, NO_CODE, Step.REFUSED),
    ({ANNA: A, BEN: B}, CARL, C, VOTE, Step.REFUSED),
    ({ANNA: A, BEN: B}, CARL, C, NO_CODE, Step.REFUSED),
]


@pytest.mark.parametrize(("readings", "by", "reading", "verdict", "step"), STEPS)
def test_two_equal_readings_decide(
    readings: dict[int, bytes], by: int, reading: bytes, verdict: Verdict, step: Step
) -> None:
    held = Held(readings)
    assert reading_reasons(held, by, reading) == []
    assert step_of(held, by, reading, verdict) is step


@pytest.mark.parametrize("verdict", REFUSED_BY)
def test_why_a_form_is_refused(verdict: Verdict) -> None:
    assert refused_as(Held({ANNA: A}), BEN, A, verdict) is REFUSED_BY[verdict]
    assert refused_as(Held({ANNA: A, BEN: B}), CARL, B, verdict) is REFUSED_BY[verdict]
    assert refused_as(Held({ANNA: A, BEN: B}), CARL, C, verdict) is Outcome.UNREADABLE
    assert refused_as(Held({ANNA: A, BEN: B}), CARL, C, VOTE) is Outcome.UNREADABLE


@pytest.mark.parametrize(
    ("held", "by", "reading", "why"),
    [
        (Held({ANNA: A, BEN: B}), ANNA, B, Why.YOURS_ALREADY),
        (Held({ANNA: A, BEN: B}), BEN, A, Why.YOURS_ALREADY),
        (Held({ANNA: A}, claimed=A), BEN, B, Why.ALREADY_DONE),
        (Held({ANNA: A}, claimed=A), ANNA, A, Why.ALREADY_DONE),
        (Held({ANNA: A}, claimed=A), ANNA, B, Why.ALREADY_DONE),
        (Held({ANNA: A}, claimed=A), BEN, A, None),
        (Held({ANNA: A, BEN: B}, claimed=A), CARL, B, Why.ALREADY_DONE),
        *((Held({ANNA: A, BEN: A}, outcome=one), CARL, A, Why.ALREADY_DONE) for one in Outcome),
    ],
)
def test_who_had_their_say_and_what_is_done(held: Held, by: int, reading: bytes, why: Why | None) -> None:
    assert [one.refusal for one in reading_reasons(held, by, reading)] == ([why] if why else [])
    if why is None:
        assert step_of(held, by, reading, VOTE) is Step.CAST, "the same reading again is the same vote again"


@pytest.mark.parametrize("order", list(product([A, B, C], repeat=4)))
def test_every_order_of_readings_ends_after_three_at_most(order: tuple[bytes, ...]) -> None:
    """Four people read one form one after another: it is cast with the first reading that two share, or refused."""
    held, done = Held({}), None
    for by, reading in zip((ANNA, BEN, CARL, DIRK), order, strict=True):
        if reading_reasons(held, by, reading):
            continue
        step = step_of(held, by, reading, VOTE)
        if step is Step.CAST:
            done, held = reading, replace(held, claimed=reading)
        else:
            outcome = Outcome.UNREADABLE if step is Step.REFUSED else None
            held = Held({**held.readings, by: reading}, outcome=outcome)
    first = order[:3]
    shared = next((one for at, one in enumerate(first) if one in first[:at]), None)
    assert done == shared and (held.outcome is Outcome.UNREADABLE) is (shared is None)


# Nothing is lost


@given(
    st.integers(1, 40).flatmap(
        lambda forms: st.tuples(
            st.just(forms), st.dictionaries(st.integers(1, forms), st.sampled_from([*Outcome, None]))
        )
    )
)
def test_in_is_entered_refused_and_open(drawn: tuple[int, dict[int, Outcome | None]]) -> None:
    forms, done = drawn
    held = {form: Held({ANNA: A, BEN: A}, outcome=outcome) for form, outcome in done.items()}
    records = [form_record(form, held.get(form, Held({}))) for form in range(1, forms + 1)]
    count = count_batch(BatchRecord(1, forms, OPENS), [one.outcome for one in records if one.outcome])
    assert count.entered + sum(count.refused.values()) + count.open == forms
    assert count.open == sum(one.state is not FormState.DONE for one in records) and Outcome.CAST not in count.refused
    assert count.entered == sum(one is Outcome.CAST for one in done.values())


@pytest.mark.parametrize(
    ("held", "state", "outcome"),
    [
        (Held({}), FormState.NEW, None),
        (Held({ANNA: A}), FormState.ONCE, None),
        (Held({ANNA: A, BEN: B}), FormState.DIFFERS, None),
        (Held({ANNA: A}, claimed=A), FormState.DONE, Outcome.CAST),
        (Held({ANNA: A, BEN: B}, claimed=B), FormState.DONE, Outcome.CAST),
        (Held({ANNA: A, BEN: A}, outcome=Outcome.NO_CODE), FormState.DONE, Outcome.NO_CODE),
    ],
)
def test_how_far_a_form_is(held: Held, state: FormState, outcome: Outcome | None) -> None:
    assert form_record(3, held, ANNA) == FormRecord(3, state, outcome, ANNA in held.readings)


def test_the_next_form_is_one_that_you_did_not_read() -> None:
    states = [FormState.DONE, FormState.NEW, FormState.ONCE, FormState.ONCE, FormState.DIFFERS]
    forms = [FormRecord(n, state, mine=n == 3) for n, state in enumerate(states, start=1)]
    assert [next_form(forms, after) for after in range(6)] == [2, 2, 4, 4, 5, 2]
    assert next_form(forms[:1], 0) is None


# Numbers and hashes


@pytest.mark.parametrize("manifest", [PAPER, BY_AREA])
def test_every_plan_has_one_number_and_pots_stand_together(manifest: Manifest) -> None:
    numbers = plan_numbers(manifest)
    assert list(numbers) == list(range(1, len(manifest.plans) + 1))
    assert sorted(plan.code for plan in numbers.values()) == sorted(plan.code for plan in manifest.plans)
    pots = [plan.pot for plan in numbers.values()]
    assert pots == sorted(pots, key=[pot.code for pot in manifest.frame.all_pots()].index)
    assert numbers == plan_numbers(replace(manifest, plans=manifest.plans[::-1]))


def number_of(code: str) -> int:
    return next(number for number, plan in plan_numbers(PAPER).items() if plan.code == code)


@pytest.mark.parametrize("between", [" ", ",", ", ", ".", "\t", " - ", " + "])
def test_numbers_are_read_as_people_type_them(between: str) -> None:
    typed = between.join(f"{number_of(code):02}" for code in ("kas", "bank"))
    assert read_numbers(PAPER, f" {typed} ") == ("bank", "kas")
    assert read_numbers(PAPER, typed, withdrawn={"kas"}) == ("bank",)
    assert read_numbers(PAPER, "") == ()


@pytest.mark.parametrize("typed", ["0", "99", "1.5e3", "-", "kas", "٣", "1 x", "00001", "1" * 500, "<script>", "\0"])
def test_what_is_no_number_of_a_plan(typed: str) -> None:
    if typed == "-":
        assert read_numbers(PAPER, typed) == ()
        return
    with pytest.raises(Refused) as caught:
        read_numbers(PAPER, typed)
    assert caught.value.reasons[0].refusal is Why.PLAN_UNKNOWN


def test_a_plan_that_is_chosen_twice_is_asked_about() -> None:
    with pytest.raises(Refused) as caught:
        read_numbers(PAPER, "1 2 1")
    assert caught.value.reasons[0].refusal is Why.PLAN_TWICE


KEY = bytes(range(32))


def test_each_thing_on_a_form_changes_its_hash() -> None:
    vote = Reading(VOTE, ("bank", "kas"), "0" * 16)
    others = [replace(vote, choices=("bank",)), replace(vote, code="1" * 16), *map(Reading, REFUSED_BY), Reading(VOTE)]
    forms = [(1, 1), (1, 2), (2, 1), (11, 1), (1, 11)]
    made = [reading_hash(KEY, *form, reading) for form in forms for reading in (vote, *others)]
    made += [claim_tag(KEY, *form) for form in forms] + [form_key(KEY, *form) for form in forms]
    assert len(set(made)) == len(made) and reading_hash(KEY, 1, 1, vote) == reading_hash(KEY, 1, 1, replace(vote))
    assert reading_hash(bytes(32), 1, 1, vote) not in made


def test_a_claim_is_read_with_its_key_alone() -> None:
    sealed = seal_claim(KEY, b"r" * 32, 7)
    assert open_claim(KEY, sealed) == (b"r" * 32, 7) and sealed != seal_claim(KEY, b"r" * 32, 7)
    with pytest.raises(Exception, match="Decryption failed"):
        open_claim(bytes(32), sealed)


def test_vectors() -> None:
    """Made with a few lines of Python beside ours."""
    vote = Reading(VOTE, ("bank", "kas"), "0123456789ABCDEF")
    assert reading_hash(KEY, 3, 17, vote).hex() == "298df7661e6d2b1e49b89ec13b1705e38862737518a1be31d6d6c8df549ee3fb"
    assert (
        reading_hash(KEY, 3, 17, Reading(NO_CODE)).hex()
        == "cb81fbe20af2e9f186c25bf956916aa54cf408539d771712bd325c533798b515"
    )
    assert claim_tag(KEY, 3, 17).hex() == "e6991b62f30652a4a774a260a6a5b74e1f51e60e2c7b05c080efe6e3919763fe"
    assert form_key(KEY, 3, 17).hex() == "d8858d2cc0e60a83a9534c20b2ce278c"
