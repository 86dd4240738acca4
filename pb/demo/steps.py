"""The three steps of the rehearsal clock, each a part of the recorded round."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from pb.base.refusals import Refused
from pb.demo.ballots import votes
from pb.demo.frame import ONE_YEAR_LATER
from pb.demo.player import Scene, Tick, play_on
from pb.demo.recording import year
from pb.demo.two_people import agree, decision
from pb.demo.values import DemoRole, Step
from pb.results.acts import ask_result_adoption, count_round, publish_result
from pb.results.reads import outcome
from pb.rounds.acts import refuse_request
from pb.rounds.reads import now_of, open_requests
from pb.rounds.rules import paper_closing
from pb.rounds.values import PhaseKind, TwoPersonDeed
from pb.voting.acts import ask_to_export, close_vote, import_piles
from pb.voting.keys import key_folder, read_private
from pb.voting.opening import open_piles, opened_to_bytes
from pb.voting.reads import box_of, sealed_manifest, sealed_piles


def to_the_close(scene: Scene, tick: Tick) -> None:
    """Everybody votes; what still waits for a second person is taken back; then the vote closes."""
    play_on(votes(), scene, tick)
    for request in open_requests(scene.round_id):
        with suppress(Refused):
            refuse_request(request.id, request.asked_by)
    scene.wait_until(_closing(scene))
    close_vote(scene.round_id)


def to_the_result(scene: Scene, tick: Tick) -> None:
    """Paper is over; the piles go out and come back opened, are counted, adopted by two people and published."""
    _end_paper(scene)
    for days, deed in enumerate((_let_out, _open, _count, _adopt), start=1):
        scene.wait_until(_closing(scene) + timedelta(days=days, hours=-12))
        deed(scene)
        tick()
    scene.wait_until(scene.round.frame.calendar.result)
    publish_result(scene.round_id, scene.person(DemoRole.ORGANISER.email))
    tick()


def a_year_later(scene: Scene, tick: Tick) -> None:
    """The winners are built."""
    play_on(year(), scene, tick)
    scene.wait_until(ONE_YEAR_LATER)


def _end_paper(scene: Scene) -> None:
    """Nobody reads the forms that a visitor registered: they wait until paper is over."""
    box = box_of(scene.round_id)
    if box and box.closed_at is None:
        scene.wait_until(paper_closing(scene.round.frame, box.closes))
        close_vote(scene.round_id)


def _let_out(scene: Scene) -> None:
    box = box_of(scene.round_id)
    if box and box.exported_at is None:
        agree(scene, TwoPersonDeed.EXPORT_PILES, lambda by: ask_to_export(scene.round_id, by))


def _open(scene: Scene) -> None:
    """What the key's machine does: in a practice round the private half lies here too."""
    box, sealed = box_of(scene.round_id), sealed_manifest(scene.round_id)
    if box and sealed and box.opened_at is None:
        private = read_private(key_folder(sealed.manifest.round))
        opened = open_piles(sealed_piles(scene.round_id, sealed), private)
        import_piles(scene.round_id, opened_to_bytes(opened), scene.person(DemoRole.ORGANISER.email))


def _count(scene: Scene) -> None:
    if outcome(scene.round_id) is None:
        count_round(scene.round_id, scene.person(DemoRole.ORGANISER.email))


def _adopt(scene: Scene) -> None:
    counted = outcome(scene.round_id)
    if counted and counted.decision is None:
        taken = decision("demo.board", scene.round.frame.local(now_of(scene.round)).date(), 2)
        agree(scene, TwoPersonDeed.ADOPT_RESULT, lambda by: ask_result_adoption(scene.round_id, taken, by))


def _closing(scene: Scene) -> datetime:
    """When the vote closes, also when a visitor let it close a day later."""
    vote = scene.round.frame.calendar.phase(PhaseKind.VOTE)
    if vote is None:
        raise LookupError("the demo's round has a vote")
    return vote.closes


PLAYS: dict[Step, Callable[[Scene, Tick], None]] = {
    Step.CLOSE: to_the_close,
    Step.RESULT: to_the_result,
    Step.YEAR: a_year_later,
}


def length(step: Step) -> int:
    """How many times a step ticks."""
    return {Step.CLOSE: len(votes()), Step.RESULT: 5, Step.YEAR: len(year())}[step]
