"""Plays recorded deeds in a round: each through the act that a browser reaches, at its own moment."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import singledispatch

from pb.base.hashing import tagged_hmac
from pb.base.refusals import Refused
from pb.delivery.acts import post_update, reach_milestone, record_money
from pb.demo.content import plan as planned
from pb.demo.deeds import (
    Argue,
    Deed,
    Judge,
    Propose,
    PublishShortlist,
    Reach,
    Recuse,
    Score,
    Spend,
    SubmitScores,
    Support,
    Tell,
    Vote,
)
from pb.demo.drawing import draw, name_of
from pb.demo.register import code_of
from pb.people.reads import person_by_email
from pb.plans.acts import give_argument, like_plan, save_draft, submit_plan
from pb.plans.reads import submitted_plans
from pb.rounds.acts import advance_clock
from pb.rounds.reads import round_by_id
from pb.rounds.values import RoundRecord, RoundRefusal
from pb.selection.acts import judge_plan, publish_shortlist, recuse, save_scores, submit_scores
from pb.voting.acts import cast_ballot, log_waiting_ballots

Tick = Callable[[], None]


@dataclass(slots=True)
class Scene:
    """Where the recording is played: a round, the seed of its codes, and who and what the recording's names are here."""

    round_id: int
    seed: str
    _people: dict[str, int] = field(default_factory=dict)
    _plans: dict[str, int] = field(default_factory=dict)
    _clock: datetime | None = None

    @property
    def round(self) -> RoundRecord:
        """The round as it is now."""
        found = round_by_id(self.round_id)
        if found is None:
            raise LookupError(f"round {self.round_id} is gone")
        return found

    def person(self, email: str) -> int:
        """The number of whoever has this address."""
        if email not in self._people:
            found = person_by_email(email)
            if found is None:
                raise LookupError(f"{email} has no account")
            self._people[email] = found.id
        return self._people[email]

    def plan(self, key: str) -> int:
        """The number of the plan that the recording knows by this key."""
        if key not in self._plans:
            self._plans = {plan.code: plan.id for plan in submitted_plans(self.round_id)}
        return self._plans[key]

    def wait_until(self, moment: datetime) -> None:
        """Let the round's clock stand at this moment, unless it is past already: it never goes back.

        On a new day ballots that wait go into the public log, as a worker would do in the meantime.
        """
        if moment == self._clock:
            return
        try:
            advance_clock(self.round_id, moment)
        except Refused as refused:
            if [reason.refusal for reason in refused.reasons] != [RoundRefusal.CLOCK_BACK]:
                raise
        if self._clock is None or moment.date() > self._clock.date():
            log_waiting_ballots(self.round_id)
        self._clock = moment


def play(deeds: Iterable[Deed], on: Scene, tick: Tick) -> None:
    """Every deed in turn; `tick` is called after each. Raises `Refused` as its acts do."""
    for deed in deeds:
        on.wait_until(deed.at)
        perform(deed, on)
        tick()


def play_on(deeds: Iterable[Deed], on: Scene, tick: Tick) -> None:
    """The same, but a deed that is refused is left out: a visitor, or an earlier try, did it already."""
    for deed in deeds:
        try:
            play([deed], on, tick)
        except Refused:
            tick()


@singledispatch
def perform(deed: Deed, on: Scene) -> None:
    """Do what was recorded, now."""
    raise TypeError(f"nobody knows how to play {type(deed).__name__}")


@perform.register
def _(deed: Propose, on: Scene) -> None:
    plan, person = planned(deed.plan), on.person(deed.by)
    draft = replace(plan.draft, picture=name_of(draw(plan.scene)))
    submit_plan(person, save_draft(on.round_id, person, draft, code=plan.key))


@perform.register
def _(deed: Support, on: Scene) -> None:
    like_plan(on.person(deed.by), on.plan(deed.plan))


@perform.register
def _(deed: Argue, on: Scene) -> None:
    give_argument(on.person(deed.by), on.plan(deed.plan), deed.side, deed.text, deed.name)


@perform.register
def _(deed: Judge, on: Scene) -> None:
    judge_plan(on.plan(deed.plan), on.person(deed.by), deed.answers, deed.feasible, deed.reason)


@perform.register
def _(deed: Recuse, on: Scene) -> None:
    recuse(on.round_id, on.person(deed.by), on.plan(deed.plan))


@perform.register
def _(deed: Score, on: Scene) -> None:
    points = {(on.plan(plan), criterion): given for (plan, criterion), given in deed.points.items()}
    save_scores(on.round_id, on.person(deed.by), points)


@perform.register
def _(deed: SubmitScores, on: Scene) -> None:
    submit_scores(on.round_id, on.person(deed.by))


@perform.register
def _(deed: PublishShortlist, on: Scene) -> None:
    motivations = {on.plan(key): text for key, text in deed.motivations.items()}
    publish_shortlist(on.round_id, on.person(deed.by), tuple(motivations), motivations)


@perform.register
def _(deed: Vote, on: Scene) -> None:
    letter = str(deed.letter)
    key = tagged_hmac(bytes.fromhex(on.seed), "demo-key", letter)[:16]
    cast_ballot(on.round_id, code_of(on.seed, letter), deed.choices, key)


@perform.register
def _(deed: Reach, on: Scene) -> None:
    reach_milestone(on.plan(deed.plan), on.person(deed.by), deed.milestone)


@perform.register
def _(deed: Tell, on: Scene) -> None:
    picture = name_of(draw(deed.scene)) if deed.scene else None
    form_key = f"{deed.plan} {deed.at.isoformat()}"
    post_update(on.plan(deed.plan), on.person(deed.by), deed.text, picture, deed.alt, form_key=form_key)


@perform.register
def _(deed: Spend, on: Scene) -> None:
    record_money(on.plan(deed.plan), on.person(deed.by), deed.spent)
