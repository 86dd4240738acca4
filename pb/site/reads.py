"""What the site's own pages are filled with: every room's reads, put together. Nothing is written, and no table is its own."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from secrets import SystemRandom

from pb.base.access import Role
from pb.delivery.reads import newest_pictures, projects
from pb.delivery.values import Milestone, Update
from pb.plans.reads import submitted_plans
from pb.plans.values import PlanRecord
from pb.results.reads import outcome
from pb.rounds.outline.reads import outline_of
from pb.rounds.outline.rules import small_map
from pb.rounds.reads import all_rounds, decisions_of, open_requests, rounds_of
from pb.rounds.rules import stage_at
from pb.rounds.values import RoundRecord, Stage
from pb.selection.reads import candidates, funnel, own_scores, shortlist, standings
from pb.selection.rules.jury import unscored
from pb.selection.values import Standing
from pb.site.rules import pages_for, sieves_of, steps_at, tasks_at
from pb.site.values import Desk, DeskFacts, RoundPage, Showcase, Shown
from pb.voting.paper.reads import batch_counts, paper_keys
from pb.voting.reads import box_of, sealed_of, waiting_reports

SHOWN = 3
"""Plans on the home and round pages."""
BALLOT_STAGES = (Stage.VOTE, Stage.COUNT, Stage.RESULT)


def showcase(round_: RoundRecord, now: datetime) -> Showcase:
    """Plans for the home page, in at most two statements until the result is published; then the winners."""
    if won := _winners(round_):
        return _of_winners(round_.id, won)
    if stage_at(round_, now) in BALLOT_STAGES:
        return _drawn(shortlist(round_.id), Shown.BALLOT)
    return _drawn(submitted_plans(round_.id), Shown.ALL)


def round_page(round_: RoundRecord, now: datetime) -> RoundPage:
    """Plans, funnel, decisions and map of a round, in at most four statements until its result is published."""
    plans, won = submitted_plans(round_.id), _winners(round_)
    found = standings(round_, now, plans)
    on_ballot = tuple(plan for plan in plans if found[plan.id] is Standing.ON_SHORTLIST)
    voted = stage_at(round_, now) in BALLOT_STAGES
    shown = _drawn(on_ballot, Shown.BALLOT) if voted else _drawn(plans, Shown.ALL)
    return RoundPage(
        showcase=_of_winners(round_.id, won) if won else shown,
        sieves=sieves_of(round_.frame, funnel(round_, now, found), None if won is None else len(won)),
        decisions=decisions_of(round_.id),
        map=small_map(parts) if (parts := outline_of(round_.id)) else None,
    )


def _winners(round_: RoundRecord) -> tuple[PlanRecord, ...] | None:
    """The plans that won, or `None` before that is public."""
    counted = outcome(round_.id) if round_.published_at else None
    return counted.winners if counted and counted.published_at else None


def desks_of(person_id: int, host: datetime) -> tuple[Desk, ...]:
    """Every round in which this person has a role, the newest first, with what waits for them there."""
    granted = rounds_of(person_id)
    return tuple(_desk(one, granted[one.id], person_id, one.now(host)) for one in all_rounds() if one.id in granted)


def _desk(round_: RoundRecord, roles: Collection[Role], person_id: int, now: datetime) -> Desk:
    found, won = standings(round_, now), _winners(round_)
    facts = DeskFacts(
        requests=sum(request.asked_by != person_id for request in open_requests(round_.id)),
        unjudged=sum(standing is Standing.BEING_ASSESSED for standing in found.values()),
        unscored=_unscored(round_, person_id, now) if Role.JUROR in roles else 0,
        shortlisted=sum(standing is Standing.ON_SHORTLIST for standing in found.values()),
        forms=_unread(round_.id),
        reports=waiting_reports(round_.id),
        unbuilt=sum(one.milestone is not Milestone.DONE for one in projects(round_.id) if one.dropped_at is None),
    )
    return Desk(
        round=round_,
        tasks=tasks_at(round_, roles, facts, now),
        pages=pages_for(round_, roles),
        steps=steps_at(round_, now),
        sieves=sieves_of(round_.frame, funnel(round_, now, found), None if won is None else len(won)),
    )


def _unread(round_id: int) -> int:
    """Ballots on paper that came in and must still be read."""
    box = box_of(round_id)
    if box is None or box.closed_at is not None:
        return 0
    return sum(count.open for count in batch_counts(round_id, paper_keys(box, sealed_of(box).manifest)))


def _unscored(round_: RoundRecord, person_id: int, now: datetime) -> int:
    """The plans that this juror has not scored on every criterion, while the scores are open."""
    own = own_scores(round_.id, person_id)
    if own.submitted_at or stage_at(round_, now) is not Stage.SELECT:
        return 0
    return len(unscored(candidates(round_, now), own, person_id, round_.frame.jury_criteria))


def _of_winners(round_id: int, won: tuple[PlanRecord, ...]) -> Showcase:
    """Winners; once all of them stand, as what was built."""
    going = [project for project in projects(round_id) if project.dropped_at is None]
    if not going or any(project.milestone is not Milestone.DONE for project in going):
        return _drawn(won, Shown.WON)
    news = newest_pictures(round_id)
    built = tuple(_as_built(plan, news[plan.id]) if plan.id in news else plan for plan in won)
    return replace(_drawn(built, Shown.BUILT), spent=sum(project.spent for project in going))


def _as_built(plan: PlanRecord, news: Update) -> PlanRecord:
    return replace(plan, draft=replace(plan.draft, picture=news.picture, picture_alt=news.picture_alt))


def _drawn(plans: tuple[PlanRecord, ...], kind: Shown) -> Showcase:
    shown = SystemRandom().sample(plans, min(SHOWN, len(plans)))
    return Showcase(tuple(shown), len(plans), kind)
