"""Loading the demo municipality: everything up to the first day of the vote, deed by deed through the acts."""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from flask import current_app
from flask_babel import gettext

from pb.base.access import Role
from pb.base.clock import host_now
from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.demo.acts.open_vote import open_vote
from pb.demo.cast import ASSESSORS, JURY, people
from pb.demo.content import plans, reports
from pb.demo.drawing import draw, name_of
from pb.demo.frame import ADOPTED, EMPTY_NAME, MUNICIPALITY, STARTS, demo_frame
from pb.demo.player import Scene, play
from pb.demo.reads import state_file
from pb.demo.recording import before_the_vote
from pb.demo.two_people import agree, decision
from pb.demo.values import EMPTY_ROUND, ROUND, DemoRefusal, DemoRole, DemoState
from pb.office.acts import audit, set_municipality, store_drawing
from pb.people.acts import ensure_person, make_administrator
from pb.people.reads import person_by_email
from pb.roll.codes import make_code
from pb.rounds.acts import ask_adoption, create_round, grant_role
from pb.rounds.outline.acts import save_outline
from pb.rounds.reads import round_by_slug
from pb.rounds.values import TwoPersonDeed

Progress = Callable[[str, int, int], None]
OUTLINE = Path(__file__).parent.parent / "outline.geojson"
"""Drawn for this site: two invented quarters on either side of a river."""
EVERY = 20
"""Deeds between two reports of progress."""


def start_demo(progress: Progress) -> None:
    """Load the demo municipality; a second time does nothing.

    Raises `Refused` (403) on a site that is no demo, and (409) where an earlier start was broken off.
    """
    refuse_elsewhere()
    begun, finished = round_by_slug(ROUND) is not None, state_file().exists()
    if begun and finished:
        return
    if begun:
        raise Refused(DemoRefusal.HALF_LOADED(), status=409)
    state = DemoState(make_code(), secrets.token_hex(32))
    progress(gettext("demo.load.people"), 0, 1)
    set_municipality(MUNICIPALITY)
    _invite_everybody()
    scene = Scene(_make_rounds(), state.seed)
    _adopt_frame(scene)
    _campaign(scene, progress)
    progress(gettext("demo.load.letters"), 0, 1)
    open_vote(scene, state)
    _keep(state)
    progress(gettext("demo.load.letters"), 1, 1)


def refuse_elsewhere() -> None:
    """Raise `Refused` (403) on a site that is no demo."""
    if not current_app.config["DEMO"]:
        raise Refused(DemoRefusal.ONLY_HERE(), status=403)


def _invite_everybody() -> None:
    """Accounts for all who appear in the recording, and every picture that they will show."""
    scenes = {plan.scene for plan in plans()} | {report.scene for report in reports() if report.scene}
    with transaction() as session:
        for person in people():
            ensure_person(session, person.email, person.name)
        for drawn in map(draw, sorted(scenes)):
            store_drawing(session, name_of(drawn), drawn)
        audit(session, "start_demo", "people", at=host_now(), people=len(people()), pictures=len(scenes))
    make_administrator(DemoRole.ADMINISTRATOR.email)


def _make_rounds() -> int:
    """The empty round and the one that is played, with everybody's roles; gives the number of the latter."""
    organiser = person_by_email(DemoRole.ORGANISER.email)
    by = organiser.id if organiser else None
    empty = create_round(EMPTY_NAME, EMPTY_ROUND, by, rehearsal=True)
    frame = demo_frame()
    played = create_round(frame.name, ROUND, by, frame=frame, rehearsal=True, starts=STARTS)
    save_outline(played, OUTLINE.read_bytes(), by)
    second = {DemoRole.SECOND_ORGANISER.email: Role.ORGANISER}
    experts = dict.fromkeys(ASSESSORS, Role.ASSESSOR) | dict.fromkeys(JURY, Role.JUROR)
    experts |= {DemoRole.CLERK.email: Role.CLERK, DemoRole.AUDITOR.email: Role.AUDITOR}
    for round_id, roles in ((empty, second), (played, second | experts)):
        for email, role in roles.items():
            grant_role(round_id, email, role, by)
    return played


def _adopt_frame(scene: Scene) -> None:
    scene.wait_until(ADOPTED)
    taken = decision("demo.council", ADOPTED.date(), 1)
    agree(scene, TwoPersonDeed.ADOPT_FRAME, lambda by: ask_adoption(scene.round_id, taken, by))


def _campaign(scene: Scene, progress: Progress) -> None:
    """Plans, likes, arguments, verdicts, scores and the shortlist."""
    deeds = before_the_vote()
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if done % EVERY == 0 or done == len(deeds):
            progress(gettext("demo.load.campaign"), done, len(deeds))

    play(deeds, scene, tick)


def _keep(state: DemoState) -> None:
    """Last of all: that this file is there says that everything else is."""
    with os.fdopen(os.open(state_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(state), file)
