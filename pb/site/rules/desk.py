"""What waits for somebody with a role in a round, the most urgent first."""

from collections.abc import Collection, Iterator
from datetime import datetime

from pb.base.access import Role
from pb.rounds.rules import DECIDERS
from pb.rounds.values import PhaseKind, RoundRecord
from pb.site.values import DeskFacts, DeskPage, Task, TaskName

MANAGE = "/beheer/rondes/{slug}"
ROUND = "/rondes/{slug}"
PAGES: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("round", MANAGE, frozenset({Role.ORGANISER, Role.COUNCIL})),
    ("assess", f"{ROUND}/toets", frozenset({Role.ASSESSOR, Role.ORGANISER})),
    ("jury", f"{ROUND}/jury", frozenset({Role.JUROR})),
    ("shortlist", f"{MANAGE}/stemlijst", frozenset({Role.ORGANISER})),
    ("vote", f"{MANAGE}/stemming", frozenset({Role.ORGANISER})),
    ("desk", f"{MANAGE}/balie", frozenset({Role.CLERK, Role.ORGANISER})),
    ("paper", f"{MANAGE}/papier", frozenset({Role.CLERK, Role.ORGANISER})),
    ("reports", f"{MANAGE}/meldingen", frozenset({Role.ORGANISER})),
    ("result", f"{MANAGE}/uitslag", frozenset({Role.ORGANISER})),
    ("audit", f"{MANAGE}/controle", frozenset({Role.AUDITOR})),
    ("delivery", f"{MANAGE}/uitvoering", frozenset({Role.ORGANISER})),
)
"""Where work is done, with the roles that have work there."""


def pages_for(round_: RoundRecord, roles: Collection[Role]) -> tuple[DeskPage, ...]:
    """The pages on which these roles work in a round."""
    return tuple(
        DeskPage(name, path.format(slug=round_.slug)) for name, path, wanted in PAGES if wanted.intersection(roles)
    )


def tasks_at(round_: RoundRecord, roles: Collection[Role], facts: DeskFacts, now: datetime) -> tuple[Task, ...]:
    """What waits at `now`, what is due first in front; what has no day comes last."""
    found = [*_shared(round_, roles, facts), *_organising(round_, roles, facts, now)]
    return tuple(sorted(found, key=lambda task: (task.due is None, task.due)))


def _shared(round_: RoundRecord, roles: Collection[Role], facts: DeskFacts) -> Iterator[Task]:
    if facts.requests and DECIDERS.intersection(roles):
        yield _task(round_, TaskName.CONFIRM, "round", facts.requests)
    if facts.unjudged and Role.ASSESSOR in roles:
        yield _task(round_, TaskName.ASSESS, "assess", facts.unjudged, _closing(round_, PhaseKind.ASSESS))
    if facts.unscored and Role.JUROR in roles:
        yield _task(round_, TaskName.SCORE, "jury", facts.unscored, _closing(round_, PhaseKind.SELECT))
    if facts.forms and {Role.CLERK, Role.ORGANISER}.intersection(roles):
        yield _task(round_, TaskName.PAPER, "paper", facts.forms, round_.frame.calendar.result)
    if facts.reports and Role.ORGANISER in roles:
        yield _task(round_, TaskName.REPORTS, "reports", facts.reports, round_.frame.calendar.result)


def _organising(round_: RoundRecord, roles: Collection[Role], facts: DeskFacts, now: datetime) -> Iterator[Task]:
    if Role.ORGANISER not in roles:
        return
    vote = round_.frame.calendar.phase(PhaseKind.VOTE)
    if not round_.adopted:
        yield _task(round_, TaskName.ADOPT, "round")
    elif round_.published_at:
        if facts.unbuilt:
            yield _task(round_, TaskName.DELIVER, "delivery", facts.unbuilt)
    elif vote and vote.closes <= now:
        yield _task(round_, TaskName.COUNT, "result", due=round_.frame.calendar.result)
    elif vote and not round_.sealed_at and _selection_is_due(round_, now):
        name, page = (TaskName.SEAL, "vote") if facts.shortlisted else (TaskName.SHORTLIST, "shortlist")
        yield _task(round_, name, page, due=vote.opens)


def _selection_is_due(round_: RoundRecord, now: datetime) -> bool:
    """From the end of the test on, or of whatever comes last before the selection."""
    before = (PhaseKind.PROPOSE, PhaseKind.SUPPORT, PhaseKind.ASSESS)
    return all(phase.closes <= now for phase in round_.frame.calendar.phases if phase.kind in before)


def _closing(round_: RoundRecord, kind: PhaseKind) -> datetime | None:
    phase = round_.frame.calendar.phase(kind)
    return phase.closes if phase else None


def _task(round_: RoundRecord, name: TaskName, page: str, count: int = 1, due: datetime | None = None) -> Task:
    path = next(path for found, path, _ in PAGES if found == page)
    return Task(name, path.format(slug=round_.slug), count, due)
