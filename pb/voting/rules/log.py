"""The public log: when waiting ballots go into it, what a receipt promises, and what its deeds add up to.

Ballots go in together, so that nobody can tell from the log who cast which. Many may go soon; few wait for a fixed hour
of the day; fewer wait for the close. Only a promise that would fall due makes a smaller batch.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pb.voting.values import Activation, Addition, CodeCount, Manifest, Note, Revocation

MANY, PAUSE = 20, timedelta(minutes=10)
"""This many ballots go in as soon as the last batch is so long ago."""
FEW, DAILY, WINDOW = 5, time(7), timedelta(hours=1)
"""This many go in once a day at a fixed hour of the municipality's clock. The hour is never one that a clock change
skips or repeats."""
GRACE = timedelta(hours=1)
"""A receipt promises its ballot in the log so long after the close at the latest."""
LEAD = timedelta(minutes=30)
"""A promise is kept so long before it would fall due: a worker that stands still for a moment breaks none."""
SETTLING = "settle_vote"
"""The kind of the worker's job that settles a vote after its close."""


def settling_key(round_id: int) -> str:
    """Under which key that job waits or runs."""
    return f"{SETTLING}:{round_id}"


def deadline_of(closes: datetime) -> datetime:
    """What a receipt promises when the vote closes at this moment."""
    return closes + GRACE


def is_batch_due(waiting: int, now: datetime, last: datetime, owed: datetime, zone: str) -> bool:
    """Whether the ballots that wait go into the log now, while people vote.

    `last` is the moment of the last batch, or the opening before the first; `owed` the earliest deadline that a waiting
    ballot may have been promised.
    """
    if waiting == 0:
        return False
    return (
        (waiting >= MANY and now - last >= PAUSE)
        or (waiting >= FEW and _is_daily(now, last, zone))
        or now >= owed - LEAD
    )


def expected_by(now: datetime, closes: datetime, zone: str) -> datetime:
    """When a ballot that was cast now is usually in the log; says nothing of how many wait."""
    return min(_daily_after(now, zone), closes)


def code_count(manifest: Manifest, notes: Sequence[Note]) -> CodeCount:
    """The voting codes in numbers, as everybody can add them up from manifest and log."""
    kinds = Counter(type(note) for note in notes)
    replaced = sum(isinstance(note, Revocation) and bool(note.new) for note in notes)
    return CodeCount(
        issued=sum(count.issued for count in manifest.credentials.values()),
        spare=sum(count.spare for count in manifest.credentials.values()),
        activated=kinds[Activation] + replaced,
        revoked=kinds[Revocation],
    )


def people_per_area(manifest: Manifest, notes: Iterable[Note]) -> dict[str, int]:
    """How many people may vote in each area: those of the roll, and who came later."""
    areas = Counter(manifest.areas)
    for note in notes:
        if isinstance(note, Activation) and note.area:
            areas[note.area] += 1
        elif isinstance(note, Addition):
            areas[note.area] += note.people
    return dict(sorted(areas.items()))


def _is_daily(now: datetime, last: datetime, zone: str) -> bool:
    """Whether today's hour has struck not long ago and no batch was made since."""
    hour = _daily_at(now, zone)
    return hour <= now < hour + WINDOW and last < hour


def _daily_after(now: datetime, zone: str) -> datetime:
    today = _daily_at(now, zone)
    return today if now < today else _daily_at(today + timedelta(days=1), zone)


def _daily_at(moment: datetime, zone: str) -> datetime:
    """The fixed hour of this moment's day, in the time zone of `moment`."""
    here = ZoneInfo(zone)
    return datetime.combine(moment.astimezone(here), DAILY, here).astimezone(moment.tzinfo)
