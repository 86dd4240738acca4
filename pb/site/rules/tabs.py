"""Which pages a round's navigation names."""

from datetime import datetime

from pb.rounds.values import PhaseKind, RoundRecord
from pb.site.values import Tab, TabName

PATHS = {
    TabName.PLANS: "plannen",
    TabName.RULES: "spelregels",
    TabName.SHORTLIST: "stemlijst",
    TabName.VOTE: "stemmen",
    TabName.RESULT: "uitslag",
    TabName.DELIVERY: "uitvoering",
    TabName.QUESTIONS: "vragen",
}
"""The addresses of the pages, as docs/architecture.md lists them."""


def tabs_at(round_: RoundRecord, now: datetime) -> tuple[Tab, ...]:
    """The round's navigation: only pages that have something to say at `now`."""
    vote = round_.frame.calendar.phase(PhaseKind.VOTE)
    shown = [TabName.PLANS, TabName.RULES]
    if vote and vote.is_open(now):
        shown.append(TabName.VOTE)
    if round_.sealed_at or (vote and vote.opens <= now):
        shown.append(TabName.SHORTLIST)
    if round_.published_at:
        shown += [TabName.RESULT, TabName.DELIVERY]
    return tuple(Tab(name, PATHS[name]) for name in (*shown, TabName.QUESTIONS))
