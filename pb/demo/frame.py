"""The frame that the demo plays: the round of 2020 as far as it is known, the rest invented; pure.

`facts.toml` says which is which.
"""

from datetime import UTC, date, datetime

from pb.office.values import MunicipalityRecord
from pb.rounds.values import (
    BallotKind,
    BallotRule,
    Calendar,
    CountingRule,
    Criterion,
    Frame,
    Misfit,
    Phase,
    PhaseKind,
    Proposers,
    Selection,
    SelectionBy,
    SelectionWhen,
    Theme,
)


def _utc(month: int, day: int, hour: int) -> datetime:
    return datetime(2020, month, day, hour, tzinfo=UTC)


CALENDAR = Calendar(
    phases=(
        Phase(PhaseKind.PROPOSE, _utc(2, 1, 9), _utc(3, 15, 23)),
        Phase(PhaseKind.SUPPORT, _utc(3, 15, 23), _utc(4, 5, 22)),
        Phase(PhaseKind.ASSESS, _utc(4, 5, 22), _utc(5, 1, 8)),
        Phase(PhaseKind.SELECT, _utc(5, 1, 8), _utc(5, 15, 8)),
        Phase(PhaseKind.VOTE, _utc(5, 27, 8), _utc(6, 28, 22)),
    ),
    result=_utc(7, 3, 8),
    delivered_by=date(2021, 7, 3),
)
"""In the Netherlands that is ten in the morning, and midnight at the end of a day: the vote ends with 28 June."""

STARTS = _utc(1, 13, 8)
"""When the round's clock begins: the frame is drafted."""
ADOPTED = _utc(1, 28, 19)
"""The evening on which the invented council adopts it."""
LETTERS = _utc(5, 18, 9)
"""Codes and letters are made, and two people seal the ballot."""
FIRST_DAY = _utc(5, 27, 9)
"""Here a visitor comes in: the vote has been open for an hour, and no vote is cast yet."""
ONE_YEAR_LATER = datetime(2021, 7, 2, 8, tzinfo=UTC)
MUNICIPALITY = MunicipalityRecord(
    site_name="Alphen Centrum Begroot, oefensite",
    name="Oefengemeente",
    telephone="088 000 00 00",
    opening_hours="maandag tot en met vrijdag, 9.00 tot 17.00 uur",
    address="Oefenplein 1, 2406 ZZ Alphen aan den Rijn",
    mail="begroot@example.org",
)
"""Who runs the site; nobody answers there."""
EMPTY_NAME = "Mijn ronde"
"""What the round for a visitor's own frame is called."""


def demo_frame() -> Frame:
    """€ 30,000 for the centre: 42 plans, 12 places on the ballot, most votes as long as they fit."""
    return Frame(
        name="Alphen Centrum Begroot 2020",
        area="het centrum",
        total=30_000_00,
        calendar=CALENDAR,
        report_days=2,
        postcodes=("2405", "2406"),
        themes=(
            Theme("groen", "Groen en duurzaam"),
            Theme("straat", "Op straat"),
            Theme("spelen", "Spelen en ontmoeten"),
        ),
        minimum_cost=1_00,
        maximum_cost=30_000_00,
        proposers=Proposers.ANYONE,
        minimum_age=12,
        reference_date=date(2020, 5, 1),
        likes_needed=25,
        selection=Selection(SelectionWhen.WHEN_NEEDED, SelectionBy.JURY, places=12),
        ballot=BallotRule(BallotKind.WITHIN_MONEY),
        paper_days=1,
        counting=CountingRule(Misfit.SKIP),
        feasibility_criteria=(
            Criterion("jaar", "Binnen een jaar klaar"),
            Criterion("geld", "Past binnen het geld, en kost maar één keer geld"),
            Criterion("onderhoud", "Het onderhoud is te betalen"),
            Criterion("wet", "Het mag volgens de wet, en de eigenaar vindt het goed"),
            Criterion("beleid", "Past bij andere plannen voor deze plek"),
            Criterion("vergunning", "Een vergunning is niet nodig of te krijgen"),
        ),
        jury_criteria=(
            Criterion("buurt", "Goed voor de buurt"),
            Criterion("bereik", "Voor veel verschillende mensen"),
            Criterion("blijvend", "Je hebt er lang iets aan"),
        ),
    )
