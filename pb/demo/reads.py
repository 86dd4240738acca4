"""How far the demo is; returns frozen values and never writes."""

import json
from pathlib import Path

from flask import current_app

from pb.base.hashing import credential_of, token_of
from pb.base.refusals import Refused
from pb.delivery.reads import projects
from pb.delivery.values import Milestone
from pb.demo.register import VISITOR, code_of, register
from pb.demo.values import ROUND, DemoRefusal, DemoState, DeskLine, Step
from pb.roll.issue import SPARE
from pb.rounds.reads import round_by_slug
from pb.rounds.values import WHOLE, RoundRecord
from pb.voting.reads import box_of

PEOPLE_AT_THE_DESK, WAITING_AT_THE_DESK = 5, 2
"""Lines of the desk file that a visitor may use."""


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


def desk_lines() -> tuple[DeskLine, ...]:
    """The first lines of the desk file, and letters that wait there. Raises `Refused` (404) before the demo is loaded."""
    round_, seed, own = the_demo_round(), state().seed, state().code
    letters = [(one.letter, one.name) for one in register().entries[:PEOPLE_AT_THE_DESK]]
    letters += [(f"{SPARE}-{WHOLE}-{number}", "") for number in range(1, WAITING_AT_THE_DESK + 1)]
    codes = (own if letter == str(VISITOR) else code_of(seed, letter) for letter, _ in letters)
    return tuple(
        DeskLine(letter, name, credential_of(token_of(round_.public_id, code)).hex())
        for (letter, name), code in zip(letters, codes, strict=True)
    )


def _done(round_: RoundRecord) -> dict[Step, bool]:
    box, winners = box_of(round_.id), projects(round_.id)
    return {
        Step.CLOSE: box is not None and box.closed_at is not None,
        Step.RESULT: round_.published_at is not None,
        Step.YEAR: bool(winners) and all(project.milestone is Milestone.DONE for project in winners),
    }
