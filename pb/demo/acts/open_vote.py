"""From the shortlist to the first day of the vote: codes for everybody, keys, a sealed ballot, and work for a visitor."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

from flask_babel import force_locale, gettext

from pb.demo.frame import FIRST_DAY, LETTERS, MUNICIPALITY
from pb.demo.player import Scene
from pb.demo.register import VISITOR, code_of, register
from pb.demo.two_people import agree
from pb.demo.values import ROUND, DemoRole, DemoState
from pb.office.mail import site_url
from pb.roll.acts import take_credentials
from pb.roll.issue import Issued, issue
from pb.roll.parameters import parameters_of
from pb.rounds.acts import ask_amendment
from pb.rounds.values import Calendar, PhaseKind, TwoPersonDeed
from pb.voting.acts import ask_to_seal, prepare_keys
from pb.words import LOCALES

SPARE = 130
"""Codes that wait for who got no letter: one for every hundred people."""
LONGER = timedelta(days=1)


def open_vote(scene: Scene, state: DemoState) -> None:
    """Make the letters, let two people seal the ballot, and go to the day on which a visitor comes in."""
    by = scene.person(DemoRole.ORGANISER.email)
    scene.wait_until(LETTERS)
    take_credentials(scene.round_id, BytesIO(_letters(scene, state).credential_file()), by)
    prepare_keys(scene.round_id, by)
    agree(scene, TwoPersonDeed.SEAL_MANIFEST, lambda asker: ask_to_seal(scene.round_id, asker))
    scene.wait_until(FIRST_DAY)
    _ask_for_a_day_more(scene, by)


def _letters(scene: Scene, state: DemoState) -> Issued:
    """Everybody's code follows from the seed, except the visitor's own."""
    links = {locale: site_url("voting.choose", locale, slug=ROUND) for locale in LOCALES}
    parameters = parameters_of(scene.round, MUNICIPALITY, links)
    own = {str(VISITOR): state.code}
    return issue(register(), parameters, SPARE, lambda letter: own.get(letter) or code_of(state.seed, letter))


def _ask_for_a_day_more(scene: Scene, by: int) -> None:
    """The first organiser asks to close a day later, so that the second has something to confirm."""
    calendar = scene.round.frame.calendar
    phases = tuple(
        replace(phase, closes=phase.closes + LONGER) if phase.kind is PhaseKind.VOTE else phase
        for phase in calendar.phases
    )
    longer = Calendar(phases, calendar.result, calendar.delivered_by)
    with force_locale(LOCALES[0]):
        ask_amendment(scene.round_id, longer, gettext("demo.a_day_more"), by)
