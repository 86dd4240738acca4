"""Tables of the plans: plan, cost lines, likes, arguments."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pb.extensions import Model


class Plan(Model):
    """A plan of a resident. `asked` is kept beside its cost lines so that lists need one statement."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("round_id", "code"), CheckConstraint("asked >= 0", name="asked_not_negative"))

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    code: Mapped[str]
    proposer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    text: Mapped[str]
    theme: Mapped[str]
    pot: Mapped[str]
    place: Mapped[str]
    own_contribution: Mapped[int] = mapped_column(BigInteger)
    carried_by: Mapped[str]
    upkeep_by: Mapped[str]
    public_name: Mapped[str]
    picture: Mapped[str | None] = mapped_column(ForeignKey("stored_file.name"))
    picture_alt: Mapped[str]
    asked: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    lines: Mapped[list["PlanCostLine"]] = relationship(
        order_by="PlanCostLine.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class PlanCostLine(Model):
    """One line of what a plan costs."""

    __tablename__ = "plan_cost_line"
    __table_args__ = (
        UniqueConstraint("plan_id", "position"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    position: Mapped[int]
    what: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    vat_percent: Mapped[int]
    yearly: Mapped[bool]


class Like(Model):
    """That a person supports a plan; once, and never public."""

    __tablename__ = "plan_like"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    at: Mapped[datetime]


class Argument(Model):
    """A reason for or against a plan, under the name that its writer chose."""

    __tablename__ = "plan_argument"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    side: Mapped[str]
    text: Mapped[str]
    public_name: Mapped[str]
    at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str] = mapped_column(default="")
