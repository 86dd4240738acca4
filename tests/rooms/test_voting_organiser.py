"""What organisers do with the vote: seal, withdraw, close, export, open; each deed of two takes two."""

import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from pb.base.access import Role
from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office.reads import history
from pb.plans.models import Plan
from pb.plans.reads import plan_by_code
from pb.rounds.acts import ask_amendment, refuse_request
from pb.rounds.reads import open_requests, round_by_id
from pb.rounds.values import PhaseKind
from pb.selection.reads import selection_of, shortlist
from pb.voting.acts import (
    ask_to_export,
    ask_to_seal,
    ask_to_withdraw,
    cast_ballot,
    close_vote,
    import_piles,
    open_rehearsal,
    prepare_keys,
)
from pb.voting.handlers import close_due_votes
from pb.voting.keys import key_folder, read_private
from pb.voting.models import IdempotencyTag, ManifestRow, SealedBallot, SpentRow
from pb.voting.opening import open_file, piles_to_bytes
from pb.voting.reads import box_of, manifest, opened, sealed_manifest, sealed_piles, turnout
from tests.factories import CALENDAR, a_person, a_role, at
from tests.voting import Prepared, a_code, before_the_vote, confirm, lose_keys, sealed

KEY = bytes(range(16))
VOTE = CALENDAR.phases[-1]
Move = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def before_the_opening(app: Flask, standing_clock: Move) -> None:
    standing_clock(at(5, 20))


def refused(deed: Callable[..., object], *given: object) -> list[str]:
    """The reasons with which a deed is refused."""
    with pytest.raises(Refused) as caught:
        deed(*given)
    return [reason.refusal.value for reason in caught.value.reasons]


def cast(vote: Prepared, *ballots: tuple[str, ...]) -> None:
    """One ballot for each code, from the first."""
    for code, choices in zip(vote.codes, ballots, strict=False):
        cast_ballot(vote.id, code, choices, KEY)


def exported(vote: Prepared) -> bytes:
    """The opened piles as a file, after two people let the sealed ones out."""
    ask_to_export(vote.id, vote.organiser)
    confirm(vote.id, vote.second)
    found = sealed_manifest(vote.id)
    assert found is not None
    return open_file(piles_to_bytes(sealed_piles(vote.id, found)), read_private(key_folder(vote.round.public_id)))


def closed(move: Move, *ballots: tuple[str, ...]) -> Prepared:
    """A round whose vote was settled after these ballots."""
    vote = sealed(before_the_vote())
    move(VOTE.opens)
    cast(vote, *ballots)
    move(VOTE.closes)
    assert close_vote(vote.id)
    return vote


def test_two_people_seal_everything(app: Flask) -> None:
    vote = sealed(before_the_vote())
    found = manifest(vote.id)
    assert found is not None and [plan.code for plan in found.plans] == ["bank", "bomen", "kas", "tuin"]
    assert (found.opens, found.closes, found.areas) == (VOTE.opens, VOTE.closes, {"2405": 2, "2406": 1})
    round_ = round_by_id(vote.id)
    assert round_ is not None and round_.sealed_at == at(5, 20)
    acts = [entry.act for entry in history(f"round:{vote.id}")]
    assert "ask_to_seal" in acts and "seal_manifest" in acts


def test_one_person_cannot_seal_alone(app: Flask) -> None:
    vote = before_the_vote()
    ask_to_seal(vote.id, vote.organiser)
    assert refused(confirm, vote.id, vote.organiser) == ["round.own_request"]
    assert manifest(vote.id) is None


def test_everything_that_is_missing_is_said_at_once(app: Flask, standing_clock: Move) -> None:
    vote = before_the_vote(keys=False, codes=0)
    standing_clock(VOTE.opens)
    reasons = refused(ask_to_seal, vote.id, vote.organiser)
    assert reasons == ["seal.already_open", "seal.no_roll", "keys.missing"]


def test_nobody_confirms_what_they_did_not_see(app: Flask) -> None:
    vote = before_the_vote()
    ask_to_seal(vote.id, vote.organiser)
    with transaction() as session:
        session.execute(update(Plan).where(Plan.code == "bank").values(asked=1_00))
    assert refused(confirm, vote.id, vote.second) == ["seal.changed_since"]
    assert manifest(vote.id) is None and len(open_requests(vote.id)) == 1


def test_a_mistake_is_sealed_anew_and_the_old_one_stays(app: Flask) -> None:
    vote = sealed(before_the_vote())
    assert refused(ask_to_seal, vote.id, vote.organiser) == ["seal.nothing_changed"]
    a_code(vote.round, area="2406")
    sealed(vote)
    found = sealed_manifest(vote.id)
    assert found is not None and found.number == 2 and found.manifest.areas == {"2405": 2, "2406": 2}
    assert db.session.scalar(select(func.count()).select_from(ManifestRow)) == 2


def test_nothing_is_sealed_anew_once_the_vote_is_open(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    a_code(vote.round)
    ask_to_seal(vote.id, vote.organiser)
    standing_clock(VOTE.opens)
    assert refused(confirm, vote.id, vote.second) == ["seal.already_open"]


def test_keys_are_made_here_in_practice_rounds_only_and_never_twice(app: Flask) -> None:
    practice = before_the_vote(keys=False)
    prepare_keys(practice.id, practice.organiser)
    assert refused(prepare_keys, practice.id, practice.organiser) == ["keys.already_there"]


def test_a_real_round_has_no_private_half_here(app: Flask) -> None:
    real = before_the_vote(rehearsal=False, keys=False)
    assert refused(prepare_keys, real.id, real.organiser) == ["keys.rehearsal_only"]


def test_a_plan_leaves_the_ballot_by_two_people_and_in_public(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.opens)
    cast(vote, ("bank", "kas"), ("kas",))
    ask_to_withdraw(vote.id, "kas", "De indiener trok zich terug.", vote.organiser)
    box = box_of(vote.id)
    assert box is not None and not box.withdrawn, "one person is not enough"
    confirm(vote.id, vote.second)
    box = box_of(vote.id)
    assert box is not None and box.withdrawn == {"kas": "De indiener trok zich terug."}
    assert [plan.code for plan in shortlist(vote.id)] == ["bank", "bomen", "tuin"]
    plan, selection = plan_by_code(vote.id, "kas"), selection_of(vote.id)
    assert plan and selection and plan.id in selection.withdrawn
    told = [entry.facts for entry in history(f"plan:{plan.id}") if entry.act == "withdraw_from_ballot"]
    assert told == [{"reason": "De indiener trok zich terug."}]
    with pytest.raises(Refused) as caught:
        cast_ballot(vote.id, vote.codes[2], ("kas",), KEY)
    assert [reason.refusal.value for reason in caught.value.reasons] == ["vote.plan_withdrawn"]


def test_ballots_with_a_withdrawn_plan_stay_valid(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.opens)
    receipt = cast_ballot(vote.id, vote.codes[0], ("bank", "kas"), KEY)
    ask_to_withdraw(vote.id, "kas", "Het kan niet.", vote.organiser)
    confirm(vote.id, vote.second)
    assert cast_ballot(vote.id, vote.codes[0], ("bank", "kas"), KEY).tracking == receipt.tracking
    standing_clock(VOTE.closes)
    close_vote(vote.id)
    open_rehearsal(vote.id, vote.organiser)
    found = opened(vote.id)
    assert found and found.withdrawn == ("kas",) and [ballot.choices for ballot in found.ballots] == [("bank", "kas")]


@pytest.mark.parametrize(
    ("plan", "reason", "moment", "found"),
    [
        ("weg", "Omdat.", VOTE.opens, "withdrawal.not_on_ballot"),
        ("kas", "  ", VOTE.opens, "withdrawal.reason_missing"),
        ("kas", "Omdat.", VOTE.closes, "withdrawal.closed"),
    ],
)
def test_what_cannot_be_withdrawn(
    app: Flask, standing_clock: Move, plan: str, reason: str, moment: datetime, found: str
) -> None:
    vote = sealed(before_the_vote())
    standing_clock(moment)
    assert refused(ask_to_withdraw, vote.id, plan, reason, vote.organiser) == [found]


def test_a_withdrawal_confirmed_too_late_changes_nothing(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.closes - timedelta(seconds=1))
    ask_to_withdraw(vote.id, "kas", "Omdat.", vote.organiser)
    standing_clock(VOTE.closes)
    assert refused(confirm, vote.id, vote.second) == ["withdrawal.closed"]
    box = box_of(vote.id)
    assert box is not None and not box.withdrawn


def test_the_box_follows_an_extended_closing(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.opens)
    with transaction() as session:
        from pb.rounds.acts import freeze

        freeze(session, vote.id, at(2, 3))
    later = VOTE.closes + timedelta(days=1)
    phases = tuple(
        phase if phase.kind is not PhaseKind.VOTE else type(phase)(phase.kind, phase.opens, later)
        for phase in CALENDAR.phases
    )
    calendar = type(CALENDAR)(phases, CALENDAR.result, CALENDAR.delivered_by)
    ask_amendment(vote.id, calendar, "De post was te laat.", vote.organiser)
    confirm(vote.id, vote.second)
    standing_clock(VOTE.closes)
    cast(vote, ("bank",))
    assert refused(close_vote, vote.id) == ["piles.still_open"]
    standing_clock(later)
    assert close_vote(vote.id)


def test_the_close_counts_the_piles_once(app: Flask, standing_clock: Move) -> None:
    vote = closed(standing_clock, ("bank",), ())
    assert close_vote(vote.id) is False
    found, box = turnout(vote.id), box_of(vote.id)
    assert found and (found.voted, found.eligible, found.areas) == (2, 3, {})
    assert box and (box.ballots, box.spent, len(box.seed)) == (2, 2, 64)


def test_the_worker_closes_what_is_due_and_passes_over_lost_keys(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.closes)
    lose_keys(vote.round)
    close_due_votes()
    assert turnout(vote.id) is None


def test_the_worker_closes_by_the_clock(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.closes - timedelta(microseconds=1))
    close_due_votes()
    assert turnout(vote.id) is None
    standing_clock(VOTE.closes)
    close_due_votes()
    assert turnout(vote.id) is not None


def test_two_people_let_the_piles_out(app: Flask, standing_clock: Move) -> None:
    vote = closed(standing_clock, ("bank",), ("kas", "bank"))
    assert refused(import_piles, vote.id, b"{}", vote.organiser) == ["piles.broken"]
    content = exported(vote)
    assert import_piles(vote.id, content, vote.organiser) == 2
    found = opened(vote.id)
    assert found and sorted(ballot.choices for ballot in found.ballots) == [("bank",), ("bank", "kas")]
    shares = turnout(vote.id)
    assert shares and shares.areas == {"2405": (1, 2), "2406": (1, 1)} and shares.styles == {"all": 2}
    left = [db.session.scalar(select(func.count()).select_from(table)) for table in (SealedBallot, SpentRow)]
    assert left == [0, 0] and db.session.scalar(select(func.count()).select_from(IdempotencyTag)) == 2
    assert refused(import_piles, vote.id, content, vote.organiser) == ["piles.already_opened"]


def test_the_first_receipt_is_given_again_after_the_opening(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.opens)
    first = cast_ballot(vote.id, vote.codes[0], ("bank",), KEY)
    standing_clock(VOTE.closes)
    close_vote(vote.id)
    open_rehearsal(vote.id, vote.organiser)
    again = cast_ballot(vote.id, vote.codes[0], ("bank",), KEY)
    assert again.repeated and again.tracking == first.tracking


def test_the_export_can_be_refused(app: Flask, standing_clock: Move) -> None:
    vote = closed(standing_clock, ("bank",))
    ask_to_export(vote.id, vote.organiser)
    refuse_request(open_requests(vote.id)[-1].id, vote.second)
    box = box_of(vote.id)
    assert box is not None and box.exported_at is None


def test_nothing_goes_out_before_the_close(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.opens)
    assert refused(ask_to_export, vote.id, vote.organiser) == ["piles.not_closed"]
    assert refused(open_rehearsal, vote.id, vote.organiser) == ["piles.not_closed"]
    assert refused(close_vote, vote.id) == ["piles.still_open"]


def tampered(content: bytes, change: Callable[[dict[str, list[list[object]]]], object]) -> bytes:
    """The opened piles with one thing changed."""
    plain = json.loads(content)
    change(plain)
    return json.dumps(plain).encode()


CHANGES: dict[str, tuple[Callable[[dict[str, list[list[object]]]], object], str]] = {
    "a ballot is dropped": (lambda p: p["ballots"].pop(), "piles.wrong_number"),
    "a token is dropped": (lambda p: p["spent"].pop(), "piles.wrong_number"),
    "a choice is changed": (lambda p: p["ballots"][0].__setitem__(2, ["tuin"]), "piles.ballot_not_cast"),
    "a ballot is over the money": (
        lambda p: p["ballots"][0].__setitem__(2, ["bank", "kas", "tuin"]),
        "piles.ballot_against_rule",
    ),
    "a token stands twice": (lambda p: p["spent"].__setitem__(0, p["spent"][1]), "piles.token_twice"),
    "a token was never issued": (lambda p: p["spent"][0].__setitem__(1, "00" * 32), "piles.token_unknown"),
    "a style is changed": (lambda p: p["spent"][0].__setitem__(2, "ander"), "piles.styles_differ"),
    "another round": (lambda p: p.__setitem__("round", "00" * 16), "piles.other_round"),
    "another manifest": (lambda p: p.__setitem__("manifest", "00" * 32), "piles.other_round"),
    "another kind": (lambda p: p.__setitem__("kind", "iets"), "piles.broken"),
    "a ballot is no list": (lambda p: p.__setitem__("ballots", 3), "piles.broken"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_piles_that_are_not_those_are_not_taken_in(app: Flask, standing_clock: Move, what: str) -> None:
    change, wanted = CHANGES[what]
    vote = closed(standing_clock, ("bank",), ("bank", "kas"))
    content = exported(vote)
    assert wanted in refused(import_piles, vote.id, tampered(content, change), vote.organiser)
    assert opened(vote.id) is None
    assert import_piles(vote.id, content, vote.organiser) == 2, "the right file is still welcome"


def test_nobody_voted(app: Flask, standing_clock: Move) -> None:
    vote = closed(standing_clock)
    assert import_piles(vote.id, exported(vote), vote.organiser) == 0
    found = turnout(vote.id)
    assert found and (found.voted, found.eligible, found.areas) == (0, 3, {"2405": (0, 2), "2406": (0, 1)})


def address(vote: Prepared, rest: str = "") -> str:
    return f"/beheer/rondes/{vote.round.slug}/stemming{rest}"


@pytest.mark.parametrize("role", [None, *Role])
def test_only_organisers_do_something_with_the_vote(
    app: Flask, sign_in: Callable[[int], FlaskClient], role: Role | None
) -> None:
    vote = before_the_vote()
    person = a_person()
    if role:
        a_role(person, vote.id, role)
    browser = sign_in(person)
    reads = role in {Role.ORGANISER, Role.COUNCIL}
    assert browser.get(address(vote)).status_code == (200 if reads else 403)
    assert browser.post(address(vote), data={"deed": "keys"}).status_code == (409 if role is Role.ORGANISER else 403)
    assert ("<form" in browser.get(address(vote)).text.partition("<main")[2]) == (role is Role.ORGANISER)


@pytest.mark.parametrize(("prefix", "words"), [("", "€\u00a030.000"), ("/en", "€30,000")])
def test_what_would_be_sealed_is_shown_in_words(
    app: Flask, sign_in: Callable[[int], FlaskClient], prefix: str, words: str
) -> None:
    vote = before_the_vote()
    text = sign_in(vote.organiser).get(prefix + address(vote)).text
    assert text.count("<h1>") == 1 and words in text and "Plan bomen" in text
    asked = sign_in(vote.organiser).post(prefix + address(vote), data={"deed": "seal"})
    assert asked.status_code == 303
    text = sign_in(vote.second).get(prefix + address(vote)).text
    digest = str(open_requests(vote.id)[0].payload["digest"])
    assert digest in text and f"{prefix}/beheer/rondes/{vote.round.slug}/bevestigen" in text


def test_the_whole_way_in_pages(app: Flask, sign_in: Callable[[int], FlaskClient], standing_clock: Move) -> None:
    vote = before_the_vote()

    def do(deed: str, **more: object) -> str:
        answer = sign_in(vote.organiser).post(address(vote), data={"deed": deed, **more}, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return answer.text

    do("seal")
    confirm(vote.id, vote.second)
    standing_clock(VOTE.opens)
    assert "zijn er geen aantallen te zien" in sign_in(vote.organiser).get(address(vote)).text
    cast(vote, ("bank",), ("bank", "kas"))
    assert "2 van de 3" not in sign_in(vote.organiser).get(address(vote)).text
    do("withdraw", plan="kas", reason="Het kan niet.")
    confirm(vote.id, vote.second)
    assert "doet niet meer mee" in sign_in(vote.organiser).get(address(vote)).text
    standing_clock(VOTE.closes)
    assert "2 van de 3 mensen stemden." in do("close")
    ask_to_export(vote.id, vote.organiser)
    confirm(vote.id, vote.second)
    piles = sign_in(vote.organiser).get(address(vote, "/stapels"))
    assert "attachment" in piles.headers["Content-Disposition"]
    back = open_file(piles.data, read_private(key_folder(vote.round.public_id)))
    assert "De stapels zijn ingelezen." in do("import", piles=(io.BytesIO(back), "geopend.json"))
    assert sign_in(vote.organiser).get(address(vote, "/stapels")).status_code == 409


def test_a_deed_that_is_refused_says_why_on_the_page(app: Flask, sign_in: Callable[[int], FlaskClient]) -> None:
    vote = before_the_vote()
    for deed, words in (
        ("close", "niet verzegeld|nog niet vast"),
        ("export", "nog niet vast"),
        ("import", "niet te lezen"),
        ("withdraw", "nog niet vast"),
    ):
        answer = sign_in(vote.organiser).post(address(vote), data={"deed": deed})
        assert answer.status_code in {409, 422} and any(one in answer.text for one in words.split("|")), deed
    assert sign_in(vote.organiser).post(address(vote), data={"deed": "anders"}).status_code == 400


def test_the_sealed_bytes_are_public(app: Flask, client: FlaskClient) -> None:
    vote = before_the_vote()
    page = f"/rondes/{vote.round.slug}/manifest"
    assert client.get(page).status_code == 404
    sealed(vote)
    answer = client.get(page)
    assert answer.mimetype == "application/json" and json.loads(answer.data)["round"] == vote.round.public_id
