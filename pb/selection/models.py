"""Tables of the selection: verdicts and their answers, jury scores, submissions, recusals, the shortlist."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pb.extensions import Model


class VerdictRow(Model):
    """The newest verdict about a plan; the audit trail keeps the earlier ones."""

    __tablename__ = "verdict"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    feasible: Mapped[bool]
    reason: Mapped[str]
    judged_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    judged_at: Mapped[datetime]
    version: Mapped[int]
    answers: Mapped[list["CriterionAnswer"]] = relationship(cascade="all, delete-orphan", lazy="raise_on_sql")


class CriterionAnswer(Model):
    """Whether a plan meets one criterion of the feasibility test."""

    __tablename__ = "criterion_answer"

    plan_id: Mapped[int] = mapped_column(ForeignKey("verdict.plan_id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    met: Mapped[bool]


class JuryScore(Model):
    """The points of a juror for one criterion of a plan; nobody else reads them before the jury is done."""

    __tablename__ = "jury_score"
    __table_args__ = (CheckConstraint("points between 1 and 5", name="points_in_range"),)

    juror_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    points: Mapped[int]


class JurySubmission(Model):
    """That a juror made the scores final; once."""

    __tablename__ = "jury_submission"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    submitted_at: Mapped[datetime]


class Recusal(Model):
    """That a juror leaves a plan to the others, for having a part in it; once."""

    __tablename__ = "recusal"

    juror_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    at: Mapped[datetime]


class PlanGroupsRow(Model):
    """Plans of the shortlist that exclude each other, and those of each neighbourhood with a ceiling; codes, sorted."""

    __tablename__ = "plan_groups"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    conflicts: Mapped[list[list[str]]] = mapped_column(JSON)
    parts: Mapped[dict[str, list[str]]] = mapped_column(JSON)


class SelectionRow(Model):
    """That the shortlist of a round was published, and how it came about; once."""

    __tablename__ = "selection"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    chosen_by: Mapped[str]
    published_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime]
    tie: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    lot_seed: Mapped[str | None]


class ShortlistEntry(Model):
    """A plan on the shortlist, with why it was chosen."""

    __tablename__ = "shortlist_entry"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("selection.round_id"), index=True)
    motivation: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
