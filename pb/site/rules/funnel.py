"""From all plans to the winners: the numbers of the funnel and how wide it is drawn."""

from pb.rounds.values import Frame, PhaseKind
from pb.selection.values import Funnel, Standing
from pb.site.values import Sieve, SieveName

NARROWEST = 6
"""Per cent: a step that few plans pass is still seen."""
FALLEN = {
    SieveName.LIKED: f"plannen?stand={Standing.TOO_FEW_LIKES}",
    SieveName.FEASIBLE: f"plannen?stand={Standing.NOT_FEASIBLE}",
    SieveName.BALLOT: f"plannen?stand={Standing.NOT_SELECTED}",
    SieveName.WON: "uitslag#lost",
}
"""Where those are that did not pass a step, below the round's address; each says why on its own page."""


def sieves_of(frame: Frame, funnel: Funnel, winners: int | None) -> tuple[Sieve, ...]:
    """The steps that this round has, widest first; steps ahead are drawn as narrow as the last known one."""
    counts = [(name, path, count) for name, path, count in _counts(frame, funnel, winners)]
    shares = _shares([count for _, _, count in counts])
    before = [None, *(count for _, _, count in counts)]
    return tuple(
        Sieve(
            name,
            path,
            count,
            shares[place],
            shares[min(place + 1, len(shares) - 1)],
            fell=max((before[place] or 0) - count, 0) if count is not None else 0,
            fell_path=FALLEN.get(name, ""),
        )
        for place, (name, path, count) in enumerate(counts)
    )


def _counts(frame: Frame, funnel: Funnel, winners: int | None) -> list[tuple[SieveName, str, int | None]]:
    found: list[tuple[SieveName, str, int | None]] = [(SieveName.SUBMITTED, "plannen", funnel.submitted)]
    if frame.likes_needed:
        found.append((SieveName.LIKED, "plannen", funnel.over_threshold))
    if frame.calendar.phase(PhaseKind.ASSESS):
        found.append((SieveName.FEASIBLE, "plannen", funnel.feasible))
    found.append((SieveName.BALLOT, "stemlijst", funnel.on_ballot))
    found.append((SieveName.WON, "uitslag", winners))
    return found


def _shares(counts: list[int | None]) -> list[int]:
    widest = max(counts[0] or 0, 1)
    shares: list[int] = []
    for count in counts:
        share = max(NARROWEST, 100 * count // widest) if count is not None else shares[-1]
        shares.append(min(share, shares[-1] if shares else 100))
    return shares
