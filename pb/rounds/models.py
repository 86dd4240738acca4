"""Tables of the rounds: the round, the versions of its frame, decisions, requests for a second person, roles, questions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pb.extensions import Model


class Round(Model):
    """One neighbourhood budget. `public_id` is 16 random bytes in hex: the protocol's `round`."""

    __tablename__ = "round"
    __table_args__ = (CheckConstraint("rehearsal or clock_offset = 0", name="offset_only_in_rehearsal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    rehearsal: Mapped[bool] = mapped_column(default=False)
    clock_offset: Mapped[int] = mapped_column(default=0)
    """Seconds that the round's clock is ahead of the database's; goes forward only."""
    created_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]
    sealed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    corrected_at: Mapped[datetime | None]


class FrameVersion(Model):
    """A whole frame as it was drafted or adopted; adopted versions are never changed."""

    __tablename__ = "frame_version"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    state: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[datetime]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    adopted_at: Mapped[datetime | None]


class DecisionRow(Model):
    """A decision of a governing body, entered by one person and confirmed by another."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    kind: Mapped[str]
    body: Mapped[str]
    taken_on: Mapped[date]
    number: Mapped[str]
    link: Mapped[str]
    entered_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    confirmed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    frame_version: Mapped[int | None]


class TwoPersonRequest(Model):
    """A deed that waits for a second person, with everything that the second person confirms."""

    __tablename__ = "two_person_request"
    __table_args__ = (
        CheckConstraint("decided_by is null or decided_by <> asked_by or confirmed = false", name="two_people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    deed: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    confirmed: Mapped[bool | None]


class Grant(Model):
    """A role of a person in a round."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("round_id", "person_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    granted_at: Mapped[datetime]


class QuestionRow(Model):
    """The municipality's own words for a question on *Vragen en hulp*; where there is none the frame fills it."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("round_id", "code", "locale"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    code: Mapped[str]
    locale: Mapped[str]
    question: Mapped[str]
    answer: Mapped[str]
