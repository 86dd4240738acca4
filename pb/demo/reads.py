"""How far the demo is; returns frozen values and never writes."""

import json
from pathlib import Path

from flask import current_app

from pb.base.refusals import Refused
from pb.delivery.reads import projects
from pb.delivery.values import Milestone
from pb.demo.values import ROUND, DemoRefusal, DemoState, Step
from pb.rounds.reads import round_by_slug
from pb.rounds.values import RoundRecord
from pb.voting.reads import box_of


def state_file() -> Path:
    """Where the demo's own secrets lie: beside its database, written when all else is loaded."""
    return Path(current_app.config["INSTANCE"]) / "demo.json"


def state() -> DemoState:
    """The visitor's code and the seed of everybody else's. Raises `Refused` (404) before the demo is loaded."""
    try:
        return DemoState(**json.loads(state_file().read_text()))
    except FileNotFoundError:
        raise Refused(DemoRefusal.NOT_LOADED(), status=404) from None


def the_demo_round() -> RoundRecord:
    """The round that is played. Raises `Refused` (404) before the demo is loaded."""
    found = round_by_slug(ROUND) if state_file().exists() else None
    if found is None:
        raise Refused(DemoRefusal.NOT_LOADED(), status=404)
    return found


def steps_ahead() -> tuple[Step, ...]:
    """How far the clock can still be wound; empty at the end, and before the demo is loaded."""
    try:
        round_ = the_demo_round()
    except Refused:
        return ()
    return tuple(step for step, done in _done(round_).items() if not done)


def _done(round_: RoundRecord) -> dict[Step, bool]:
    box, winners = box_of(round_.id), projects(round_.id)
    return {
        Step.CLOSE: box is not None and box.closed_at is not None,
        Step.RESULT: round_.published_at is not None,
        Step.YEAR: bool(winners) and all(project.milestone is Milestone.DONE for project in winners),
    }
