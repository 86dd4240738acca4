"""Rows for tests: the smallest round, person and plan that are whole, with what the test changes."""

import secrets
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from pb.base.access import Role
from pb.base.transaction import transaction
from pb.people.models import Person
from pb.plans.models import Like, Plan, PlanCostLine
from pb.rounds.codec import frame_to_json
from pb.rounds.models import FrameVersion, Grant, Round
from pb.rounds.reads import round_by_id
from pb.rounds.values import Calendar, Criterion, Frame, FrameState, Phase, PhaseKind, RoundRecord, Theme


def at(month: int, day: int, hour: int = 10) -> datetime:
    """An hour of 2020 in UTC."""
    return datetime(2020, month, day, hour, tzinfo=UTC)


CALENDAR = Calendar(
    phases=(
        Phase(PhaseKind.PROPOSE, at(2, 1), at(3, 15)),
        Phase(PhaseKind.SUPPORT, at(3, 15), at(4, 5)),
        Phase(PhaseKind.ASSESS, at(4, 5), at(5, 1)),
        Phase(PhaseKind.SELECT, at(5, 1), at(5, 15)),
        Phase(PhaseKind.VOTE, at(5, 27), at(6, 28, 22)),
    ),
    result=at(7, 3),
    delivered_by=date(2021, 7, 3),
)
"""Alphen Centrum Begroot 2020; the standing clock of the tests lies in its vote."""


def a_frame(**changes: Any) -> Frame:
    """The frame of Alphen Centrum Begroot 2020, with changes."""
    frame = Frame(
        name="Alphen Centrum Begroot 2020",
        area="het centrum",
        total=30_000_00,
        calendar=CALENDAR,
        postcodes=("2405", "2406"),
        themes=(
            Theme("groen", "Groen en duurzaam"),
            Theme("straat", "Op straat"),
            Theme("spelen", "Spelen en ontmoeten"),
        ),
        maximum_cost=30_000_00,
        reference_date=date(2020, 5, 1),
        feasibility_criteria=(Criterion("jaar", "Binnen een jaar klaar"), Criterion("geld", "Past binnen het geld")),
        jury_criteria=(Criterion("buurt", "Goed voor de buurt"), Criterion("bereik", "Voor veel mensen")),
    )
    return replace(frame, **changes)


def a_person(email: str | None = None, name: str = "Sam", administrator: bool = False) -> int:
    """A person's number."""
    email = email or f"{secrets.token_hex(6)}@example.org"
    with transaction() as session:
        person = Person(email=email, public_name=name, is_administrator=administrator, created_at=at(1, 1))
        session.add(person)
    return person.id


def a_round(frame: Frame | None = None, slug: str = "alphen-centrum-2020", **columns: Any) -> RoundRecord:
    """A round with an adopted frame."""
    with transaction() as session:
        row = Round(public_id=secrets.token_hex(16), slug=slug, created_at=at(1, 1), **columns)
        session.add(row)
        session.flush()
        content = frame_to_json(frame or a_frame())
        session.add(
            FrameVersion(
                round_id=row.id,
                number=1,
                state=FrameState.ADOPTED,
                content=content,
                saved_at=at(1, 2),
                adopted_at=at(1, 3),
            )
        )
    record = round_by_id(row.id)
    assert record is not None
    return record


def a_role(person_id: int, round_id: int, role: Role) -> None:
    """Grant a role."""
    with transaction() as session:
        session.add(Grant(round_id=round_id, person_id=person_id, role=role, granted_at=at(1, 4)))


def a_plan(
    round_id: int,
    proposer_id: int,
    title: str = "Een bank onder de kastanje",
    asked: int = 4_200_00,
    likes: int = 0,
    **columns: Any,
) -> int:
    """A submitted plan's number, liked by `likes` new people."""
    code = columns.pop("code", None) or f"p{secrets.token_hex(3)}"
    defaults: dict[str, Any] = {
        "state": "submitted", "summary": "Een plek om te zitten.", "text": "Met schaduw.", "theme": "groen", "pot": "all",
        "place": "Kerkplein", "own_contribution": 0, "carried_by": "municipality", "upkeep_by": "municipality",
        "public_name": "Sam", "picture_alt": "", "created_at": at(2, 2), "submitted_at": at(2, 3),
    }  # fmt: skip
    with transaction() as session:
        plan = Plan(
            round_id=round_id, proposer_id=proposer_id, code=code, title=title, asked=asked, **(defaults | columns)
        )
        plan.lines = [PlanCostLine(position=1, what="Bank", amount=asked, vat_percent=21, yearly=False)]
        session.add(plan)
        for _ in range(likes):
            person = Person(email=f"{secrets.token_hex(6)}@example.org", created_at=at(1, 1))
            session.add(person)
            session.flush()
            session.add(Like(plan_id=plan.id, person_id=person.id, at=at(2, 4)))
    return plan.id
