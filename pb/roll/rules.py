"""What may be done with the roll, and the roll in numbers; pure."""

from collections import Counter
from collections.abc import Iterable

from pb.base.refusals import Reason
from pb.roll.values import Credential, CredentialKind, RollRefusal, RollSummary, StyleCount
from pb.rounds.values import RoundRecord


def take_reasons(round_: RoundRecord) -> list[Reason]:
    """Why no credential file is taken now: the frame still changes, nobody votes with a code, or the roll is sealed."""
    if round_.sealed_at is not None:
        return [RollRefusal.SEALED()]
    if not round_.adopted:
        return [RollRefusal.NOT_ADOPTED()]
    return [] if round_.frame.door.takes_codes else [RollRefusal.NO_CODES()]


def summary_of(credentials: Iterable[Credential]) -> RollSummary:
    """The numbers of a credential file that is not taken yet."""
    counts = Counter((one.style, one.kind.value, one.area, one.age) for one in credentials)
    return summarise((*key, people) for key, people in counts.items())


def summarise(counts: Iterable[tuple[str, str, str, str, int]]) -> RollSummary:
    """The roll in numbers, from how many credentials each (style, kind, area, age band) has."""
    styles: Counter[tuple[str, str]] = Counter()
    areas: Counter[str] = Counter()
    ages: Counter[str] = Counter()
    for style, kind, area, age, people in counts:
        styles[style, kind] += people
        if kind == CredentialKind.ISSUED:
            areas[area] += people
            ages[age] += people
    names = sorted({style for style, _ in styles})
    per_style = {
        name: StyleCount(styles[name, CredentialKind.ISSUED], styles[name, CredentialKind.SPARE]) for name in names
    }
    return RollSummary(per_style, dict(sorted(areas.items())), dict(sorted(ages.items())))
