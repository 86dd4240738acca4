"""A draw by hand: two people enter it in public between the close and the opening, everything waits for it, and it counts."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, update

from pb.base.access import Role
from pb.base.transaction import transaction
from pb.office.reads import history
from pb.results.acts import ask_result_adoption, count_round, publish_result
from pb.results.reads import outcome, public_file, public_names
from pb.rounds.acts import confirm_request, refuse_request
from pb.rounds.reads import open_requests, round_by_id
from pb.rounds.values import CountingRule, Frame, LotBy, TieRule
from pb.voting.acts import (
    ask_to_enter_draw,
    ask_to_export,
    ask_to_withdraw,
    close_vote,
    import_piles,
    open_rehearsal,
)
from pb.voting.handlers import close_due_votes
from pb.voting.keys import key_folder, read_private
from pb.voting.models import LogLeaf
from pb.voting.opening import open_file, piles_to_bytes
from pb.voting.paper.numbers import plan_numbers
from pb.voting.protocol import note_leaf
from pb.voting.reads import (
    box_of,
    hand_drawn,
    log_heads,
    log_leaves,
    manifest,
    missing_draw,
    sealed_manifest,
    sealed_piles,
)
from pb.voting.values import LeafKind, LotDrawn
from tests.factories import CALENDAR, a_frame, a_person, a_role, at
from tests.pages import page, words_of
from tests.results import DECISION
from tests.tampering import keys
from tests.verifier import verify
from tests.voting import COSTS, Prepared, before_the_vote, cast, confirm, lose_keys, refused, sealed

VOTE = CALENDAR.phases[-1]
ORDER, HOW = ("tuin", "kas", "bank", "bomen"), "Met ballen in het buurthuis,\nonder toezicht van de notaris."
Move = Callable[[datetime], None]


def by_hand(**changes: object) -> Frame:
    """A frame that asks for a draw by hand, in which nothing else settles a tie."""
    return a_frame(counting=CountingRule(tie=TieRule.LOT, lot=LotBy.HAND), **changes)


def voted(move: Move, frame: Frame | None = None, codes: int = 8, **more: object) -> Prepared:
    """A round at the end of its vote: every plan has as many votes."""
    move(at(5, 20))
    vote = sealed(before_the_vote(frame=frame or by_hand(), codes=codes, **more))  # type: ignore[arg-type]
    move(VOTE.opens)
    cast(vote, *[(plan,) for plan in COSTS] * 2)
    move(VOTE.closes)
    return vote


def swept(move: Move, **more: object) -> Prepared:
    """The same once what was cast is in the log; the log waits for the draw."""
    vote = voted(move, **more)  # type: ignore[arg-type]
    assert close_vote(vote.id) is False
    return vote


def drawn(move: Move, **more: object) -> Prepared:
    """The same once two people entered the draw, and the log ended."""
    vote = swept(move, **more)
    ask_to_enter_draw(vote.id, ORDER, HOW, vote.organiser)
    confirm(vote.id, vote.second)
    assert close_vote(vote.id)
    return vote


def published(vote: Prepared, move: Move) -> None:
    """Opened, counted, adopted and made public."""
    move(at(7, 1))
    open_rehearsal(vote.id, vote.organiser)
    count_round(vote.id, vote.organiser)
    ask_result_adoption(vote.id, DECISION, vote.organiser)
    confirm(vote.id, vote.second)
    publish_result(vote.id, vote.organiser)


def kinds(vote: Prepared) -> list[LeafKind]:
    """The kinds of the leaves in the log, ballots left out."""
    return [leaf.kind for leaf in log_leaves(vote.id, 1) if leaf.kind is not LeafKind.BALLOT]


def test_the_log_waits_for_the_draw_and_ends_behind_it(app: Flask, standing_clock: Move) -> None:
    vote = swept(standing_clock)
    close_due_votes()
    assert close_vote(vote.id) is False and kinds(vote) == [LeafKind.MANIFEST]
    assert sum(leaf.kind is LeafKind.BALLOT for leaf in log_leaves(vote.id, 1)) == 8, "votes do not wait for it"
    ask_to_enter_draw(vote.id, ORDER, HOW, vote.organiser)
    assert hand_drawn(vote.id) is None, "one person is not enough"
    confirm(vote.id, vote.second)
    assert hand_drawn(vote.id) == LotDrawn(VOTE.closes, ORDER, HOW)
    head, leaves = log_heads(vote.id, 1, newest=1)[0].head, log_leaves(vote.id, 1)
    assert head.size == len(leaves) and leaves[-1] == note_leaf(LotDrawn(VOTE.closes, ORDER, HOW)), "signed in the deed"
    close_due_votes()
    box = box_of(vote.id)
    assert box and box.closed_at and kinds(vote) == [LeafKind.MANIFEST, LeafKind.LOT, LeafKind.CLOSED]
    acts = [entry.act for entry in history(f"round:{vote.id}")]
    assert "ask_to_enter_draw" in acts and "enter_draw" in acts


@pytest.mark.parametrize("order", [("tuin", "kas", "bank", "bomen"), ("bank", "bomen", "kas", "tuin")])
def test_the_plan_that_was_drawn_first_wins_a_tie(
    app: Flask, standing_clock: Move, monkeypatch: pytest.MonkeyPatch, order: tuple[str, ...]
) -> None:
    for plan in COSTS:
        monkeypatch.setitem(COSTS, plan, 16_000_00)
    vote = swept(standing_clock)
    ask_to_enter_draw(vote.id, order, HOW, vote.organiser)
    confirm(vote.id, vote.second)
    assert close_vote(vote.id)
    open_rehearsal(vote.id, vote.organiser)
    count_round(vote.id, vote.organiser)
    found = outcome(vote.id)
    assert found and [plan.code for plan in found.winners] == [order[0]] and found.ledger.lot == order


def test_everything_waits_and_says_what_to_do(app: Flask, standing_clock: Move) -> None:
    vote = swept(standing_clock)
    assert refused(ask_to_export, vote.id, vote.organiser) == ["draw.missing"]
    assert refused(open_rehearsal, vote.id, vote.organiser) == ["draw.missing"]
    assert refused(count_round, vote.id, vote.organiser) == ["draw.missing"]
    piles = sealed_piles(vote.id, sealed_manifest(vote.id) or pytest.fail())
    back = open_file(piles_to_bytes(piles), read_private(key_folder(vote.round.public_id)))
    assert refused(import_piles, vote.id, back, vote.organiser) == ["draw.missing"]


def test_nothing_is_counted_once_the_draw_was_taken_out_of_the_log(app: Flask, standing_clock: Move) -> None:
    vote = drawn(standing_clock)
    open_rehearsal(vote.id, vote.organiser)
    with transaction() as session:
        session.execute(delete(LogLeaf).where(LogLeaf.kind == LeafKind.LOT))
    assert refused(count_round, vote.id, vote.organiser) == ["draw.missing"]
    assert outcome(vote.id) is None


def test_a_log_in_which_the_draw_was_changed_is_not_opened(app: Flask, standing_clock: Move) -> None:
    vote = drawn(standing_clock)
    other = note_leaf(LotDrawn(VOTE.closes, ORDER[::-1], HOW))
    with transaction() as session:
        session.execute(update(LogLeaf).where(LogLeaf.kind == LeafKind.LOT).values(body=other.body))
    assert refused(open_rehearsal, vote.id, vote.organiser) == ["log.broken"]


@pytest.mark.parametrize(
    ("order", "how", "wanted"),
    [
        (ORDER[1:], HOW, ["draw.plan_missing"]),
        ((*ORDER, "kas"), HOW, ["draw.plan_twice"]),
        ((*ORDER[1:], "kas"), HOW, ["draw.plan_missing", "draw.plan_twice"]),
        ((*ORDER, "school"), HOW, ["draw.plan_unknown"]),
        (ORDER, " \u200b\n", ["draw.how_missing"]),
        ((), "", ["draw.plan_missing"] * 4 + ["draw.how_missing"]),
    ],
)
def test_a_draw_that_is_not_whole(
    app: Flask, standing_clock: Move, order: tuple[str, ...], how: str, wanted: list[str]
) -> None:
    vote = swept(standing_clock)
    assert refused(ask_to_enter_draw, vote.id, order, how, vote.organiser) == wanted
    assert not open_requests(vote.id)


def test_a_withdrawn_plan_is_drawn_too(app: Flask, standing_clock: Move) -> None:
    standing_clock(at(5, 20))
    vote = sealed(before_the_vote(frame=by_hand()))
    standing_clock(VOTE.opens)
    ask_to_withdraw(vote.id, "kas", "Het kan niet.", vote.organiser)
    confirm(vote.id, vote.second)
    standing_clock(VOTE.closes)
    close_vote(vote.id)
    without = [code for code in ORDER if code != "kas"]
    assert refused(ask_to_enter_draw, vote.id, without, HOW, vote.organiser) == ["draw.plan_missing"]
    ask_to_enter_draw(vote.id, ORDER, HOW, vote.organiser)


def test_the_moments_at_which_nobody_draws(app: Flask, standing_clock: Move) -> None:
    vote = voted(standing_clock)
    standing_clock(VOTE.opens)
    assert refused(ask_to_enter_draw, vote.id, ORDER, HOW, vote.organiser) == ["draw.too_early"]
    standing_clock(VOTE.closes)
    assert refused(ask_to_enter_draw, vote.id, ORDER, HOW, vote.organiser) == ["draw.too_early"], "settle it first"
    assert missing_draw(vote.id) == []
    close_vote(vote.id)
    ask_to_enter_draw(vote.id, ORDER, HOW, vote.organiser)
    assert refused(ask_to_enter_draw, vote.id, ORDER, HOW, vote.organiser) == ["round.already_asked"]
    assert refused(confirm, vote.id, vote.organiser) == ["round.own_request"]
    confirm(vote.id, vote.second)
    assert refused(ask_to_enter_draw, vote.id, ORDER[::-1], HOW, vote.organiser) == ["draw.already"]
    close_vote(vote.id)
    assert refused(ask_to_enter_draw, vote.id, ORDER[::-1], HOW, vote.organiser) == ["draw.already"]
    open_rehearsal(vote.id, vote.organiser)
    assert refused(ask_to_enter_draw, vote.id, ORDER[::-1], HOW, vote.organiser) == ["draw.opened"]


def test_a_frame_that_asks_for_none(app: Flask, standing_clock: Move) -> None:
    vote = voted(standing_clock, a_frame())
    assert refused(ask_to_enter_draw, vote.id, ORDER, HOW, vote.organiser) == ["draw.not_asked"]
    assert close_vote(vote.id), "and nothing waits for it"
    assert refused(ask_to_enter_draw, vote.id, ORDER, HOW, vote.organiser) == ["draw.not_asked"]


def test_the_second_person_can_say_no_and_another_draw_is_asked(app: Flask, standing_clock: Move) -> None:
    vote = swept(standing_clock)
    ask_to_enter_draw(vote.id, ORDER[::-1], HOW, vote.organiser)
    refuse_request(open_requests(vote.id)[-1].id, vote.second)
    assert hand_drawn(vote.id) is None
    ask_to_enter_draw(vote.id, ORDER, HOW, vote.organiser)
    confirm(vote.id, vote.second)
    found = hand_drawn(vote.id)
    assert found and found.order == ORDER


def test_two_yeses_at_once_give_one_draw(app: Flask, standing_clock: Move) -> None:
    vote = swept(standing_clock)
    ask_to_enter_draw(vote.id, ORDER, HOW, vote.organiser)
    asked = open_requests(vote.id)[-1]
    confirm(vote.id, vote.second)
    assert refused(confirm_request, asked.id, vote.second) == ["round.already_decided"]
    assert kinds(vote).count(LeafKind.LOT) == 1


def test_without_the_log_key_nothing_is_entered(app: Flask, standing_clock: Move) -> None:
    vote = swept(standing_clock)
    ask_to_enter_draw(vote.id, ORDER, HOW, vote.organiser)
    before = len(log_leaves(vote.id, 1))
    lose_keys(vote.round)
    assert refused(confirm, vote.id, vote.second) == ["keys.missing"]
    assert open_requests(vote.id) and len(log_leaves(vote.id, 1)) == before


def test_who_may_ask(app: Flask, standing_clock: Move) -> None:
    vote, council = swept(standing_clock), a_person()
    a_role(council, vote.id, Role.COUNCIL)
    assert refused(ask_to_enter_draw, vote.id, ORDER, HOW, council) == ["round.not_your_role"]
    ask_to_enter_draw(vote.id, ORDER, HOW, vote.organiser)
    confirm(vote.id, council)
    assert hand_drawn(vote.id), "somebody whom the council gave an account may confirm"


def test_a_round_with_a_draw_verifies(app: Flask, standing_clock: Move, tmp_path: Path) -> None:
    vote = drawn(standing_clock)
    published(vote, standing_clock)
    round_ = round_by_id(vote.id)
    assert round_
    for name in public_names(round_):
        (tmp_path / name).write_bytes(public_file(round_, name) or b"")
    assert {one["answer"] for one in verify.verify(tmp_path)} == {"ok"}
    log = (tmp_path / "log.txt").read_text(encoding="utf-8")
    (tmp_path / "log.txt").write_text(log.replace('["tuin","kas"', '["kas","tuin"'), encoding="utf-8")
    assert keys(tmp_path)["V11"] == "count.step"


def address(vote: Prepared, rest: str = "") -> str:
    return f"/beheer/rondes/{vote.round.slug}/stemming{rest}"


def typed(vote: Prepared, *order: str) -> str:
    """Plans as the numbers on the balls."""
    sealed_ = manifest(vote.id)
    assert sealed_
    numbers = {plan.code: number for number, plan in plan_numbers(sealed_).items()}
    return " ".join(str(numbers[code]) for code in order)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_whole_way_in_pages(
    app: Flask, sign_in: Callable[[int], FlaskClient], standing_clock: Move, prefix: str
) -> None:
    vote = voted(standing_clock)
    here, there = prefix + address(vote), prefix + address(vote, "/loting")
    answer = sign_in(vote.organiser).post(here, data={"deed": "close"})
    assert there in page(answer, 409), "closing says what to do"
    assert "<textarea" in page(sign_in(vote.organiser).get(there))
    wrong = {"order": typed(vote, *ORDER[1:], "kas") + " 99 <b>", "how": HOW}
    text = page(sign_in(vote.organiser).post(there, data=wrong), 422)
    assert "99 &lt;b&gt;</textarea>" in text and "‘&lt;b&gt;’" in text
    wrong = {"order": typed(vote, *ORDER[1:], "kas"), "how": ""}
    text = words_of(page(sign_in(vote.organiser).post(there, data=wrong), 422))
    assert "‘Plan tuin’" in text and "‘Plan kas’" in text, "titles, not codes"
    asked = sign_in(vote.organiser).post(there, data={"order": typed(vote, *ORDER), "how": HOW})
    assert asked.status_code == 303
    assert "<textarea" not in page(sign_in(vote.organiser).get(there)), "it waits"
    text = words_of(page(sign_in(vote.second).get(f"{prefix}/beheer/rondes/{vote.round.slug}/bevestigen")))
    assert "Plan tuin Plan kas Plan bank Plan bomen" in text and "de notaris" in text
    number = open_requests(vote.id)[-1].id
    decided = sign_in(vote.second).post(
        f"{prefix}/beheer/rondes/{vote.round.slug}/bevestigen/{number}", data={"answer": "yes"}
    )
    assert decided.status_code == 302
    assert "Plan tuin Plan kas Plan bank Plan bomen" in words_of(page(sign_in(vote.second).get(there)))
    assert sign_in(vote.organiser).post(here, data={"deed": "close"}).status_code == 303
    published(vote, standing_clock)
    text = words_of(page(sign_in(vote.second).get(f"{prefix}/rondes/{vote.round.slug}/uitslag/stap-voor-stap")))
    assert "Plan tuin Plan kas Plan bank Plan bomen" in text and "de notaris" in text
    assert ("Lots were drawn by hand" if prefix else "Het lot is met de hand getrokken") in text


def test_the_pages_of_a_round_without_a_draw(
    app: Flask, sign_in: Callable[[int], FlaskClient], standing_clock: Move
) -> None:
    vote = voted(standing_clock, a_frame())
    text = page(sign_in(vote.organiser).get(address(vote, "/loting")))
    assert "<textarea" not in text and "vragen geen loting met de hand" in text
    assert "loting" not in page(sign_in(vote.organiser).get(address(vote)))
    sent = {"order": typed(vote, *ORDER), "how": HOW}
    assert sign_in(vote.organiser).post(address(vote, "/loting"), data=sent).status_code == 409
    close_vote(vote.id)
    published(vote, standing_clock)
    text = words_of(page(sign_in(vote.second).get(f"/rondes/{vote.round.slug}/uitslag/stap-voor-stap")))
    assert "Het lot volgt uit een geheim getal." in text and "met de hand" not in text


def test_who_sees_the_page(app: Flask, sign_in: Callable[[int], FlaskClient], standing_clock: Move) -> None:
    vote, clerk, council = swept(standing_clock), a_person(), a_person()
    a_role(clerk, vote.id, Role.CLERK)
    a_role(council, vote.id, Role.COUNCIL)
    assert sign_in(clerk).get(address(vote, "/loting")).status_code == 403
    assert "<textarea" not in page(sign_in(council).get(address(vote, "/loting")))
    assert sign_in(council).post(address(vote, "/loting"), data={}).status_code == 403
