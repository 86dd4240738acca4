"""A round that is voting, for tests: plans, codes, keys and a sealed manifest, with as little else as possible."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from pb.base.access import Role
from pb.base.hashing import credential_of, token_of
from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.extensions import db
from pb.plans.reads import submitted_plans
from pb.roll.codes import make_code
from pb.roll.models import CredentialRow
from pb.roll.reads import credential_root, roll_summary
from pb.rounds.acts import confirm_request
from pb.rounds.reads import open_requests
from pb.rounds.values import Frame, RoundRecord
from pb.selection.models import SelectionRow, ShortlistEntry
from pb.voting.acts import ask_to_seal, cast_ballot
from pb.voting.drafting import draft_manifest
from pb.voting.keys import key_folder, make_rehearsal_keys, read_keys
from pb.voting.models import IdempotencyTag, OutboxRow, SealedBallot, SpentRow
from pb.voting.protocol import manifest_to_bytes
from pb.voting.writing import keep_manifest
from tests.factories import a_person, a_plan, a_role, a_round, at

COSTS = {"bank": 4_200_00, "bomen": 9_500_00, "kas": 14_000_00, "tuin": 16_000_00}
"""Plans on the ballot of the tests; all money together is 30,000 euros."""


@dataclass(frozen=True)
class Voting:
    """A round while people vote, and some codes that count in it."""

    round: RoundRecord
    codes: list[str]
    spare: str

    @property
    def id(self) -> int:
        """The round's number."""
        return self.round.id


def a_code(round_: RoundRecord, style: str = "all", area: str = "2405", **columns: object) -> str:
    """A code whose credential is on the roll."""
    code = make_code()
    h = credential_of(token_of(round_.public_id, code))
    values = {"slot": h, "kind": "issued", "age": "18-34", "alive": True} | columns
    with transaction() as session:
        session.add(CredentialRow(round_id=round_.id, h=h, style=style, area=area, **values))
    return code


def a_vote(
    frame: Frame | None = None,
    codes: int = 3,
    pots: dict[str, str] | None = None,
    rehearsal: bool = True,
    slug: str = "alphen-centrum-2020",
    **columns: Any,
) -> Voting:
    """A sealed round with the plans of `COSTS`; `pots` says in which pot each plan is, and then codes go round."""
    round_ = a_round(frame, slug, rehearsal=rehearsal, **columns)
    proposer = a_person()
    for code, cost in COSTS.items():
        a_plan(round_.id, proposer, f"Plan {code}", cost, code=code, pot=(pots or {}).get(code, "all"))
    styles = list(round_.frame.styles())
    made = [a_code(round_, styles[at % len(styles)], "2405" if at % 2 == 0 else "2406") for at in range(codes)]
    spare = a_code(round_, styles[0], "", kind="spare", age="", alive=False)
    seal(round_)
    return Voting(round_, made, spare)


def seal(round_: RoundRecord, number: int = 1) -> None:
    """Seal what stands, as two people would."""
    folder = key_folder(round_.public_id)
    if not folder.exists():
        make_rehearsal_keys(folder)
    keys = read_keys(folder, round_.public_id)
    manifest = draft_manifest(
        round_, submitted_plans(round_.id), roll_summary(round_.id), credential_root(round_.id), keys
    )
    with transaction() as session:
        keep_manifest(session, round_, manifest_to_bytes(manifest), number, at(5, 20))


def lose_keys(round_: RoundRecord) -> None:
    """Take the key directory away, and what this process remembers of it."""
    shutil.rmtree(key_folder(round_.public_id))
    current_app.extensions.pop("pb.voting.keys", None)


@dataclass(frozen=True)
class Prepared:
    """A round just before its vote: shortlist and roll are there, and two people organise it."""

    round: RoundRecord
    organiser: int
    second: int
    codes: list[str]

    @property
    def id(self) -> int:
        """The round's number."""
        return self.round.id


def before_the_vote(
    rehearsal: bool = True,
    keys: bool = True,
    codes: int = 3,
    frame: Frame | None = None,
    pots: dict[str, str] | None = None,
) -> Prepared:
    """Everything that two people seal; the clock is the caller's to set. `pots` says in which pot a plan is."""
    round_ = a_round(frame, rehearsal=rehearsal)
    organiser, second = a_person(name="Olga"), a_person(name="Piet")
    for person in (organiser, second):
        a_role(person, round_.id, Role.ORGANISER)
    plans = [
        a_plan(round_.id, a_person(), f"Plan {code}", cost, code=code, pot=(pots or {}).get(code, "all"))
        for code, cost in COSTS.items()
    ]
    with transaction() as session:
        session.add(
            SelectionRow(round_id=round_.id, chosen_by="jury", published_by=organiser, published_at=at(5, 15), tie=None)
        )
        session.flush()
        session.add_all(ShortlistEntry(round_id=round_.id, plan_id=plan, motivation="Goed.") for plan in plans)
    made = [a_code(round_, area="2405" if place % 2 == 0 else "2406") for place in range(codes)]
    if keys:
        make_rehearsal_keys(key_folder(round_.public_id))
    return Prepared(round_, organiser, second, made)


def confirm(round_id: int, by: int) -> None:
    """The second person says yes to what was asked last."""
    asked = open_requests(round_id)[-1]
    confirm_request(asked.id, by, dict(asked.payload))


def sealed(prepared: Prepared) -> Prepared:
    """Two people seal what stands."""
    ask_to_seal(prepared.id, prepared.organiser)
    confirm(prepared.id, prepared.second)
    return prepared


def rows() -> tuple[int, ...]:
    """How many ballots, spent rows, tags and waiting commitments there are."""
    db.session.rollback()
    tables = (SealedBallot, SpentRow, IdempotencyTag, OutboxRow)
    return tuple(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


@contextmanager
def statements(whole: bool = False) -> Iterator[list[str]]:
    """What is sent to the database, in the transaction that began last or in the `whole` block."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        parts = re.sub(r"-?\d{5,}", "#", statement).split("; ")  # a slot's lock is a number of its own
        if parts[0].startswith("BEGIN"):
            parts.pop(0)
            if not whole:
                sent.clear()
        sent.extend(parts)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


def without_immediate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQLite begin plainly, so that its writers do not queue; PostgreSQL begins as ever."""
    real = Session.connection

    def plain(self: Session, *given: object, **options: object) -> object:
        if self.get_bind().dialect.name == "sqlite":
            return real(self, *given)  # type: ignore[arg-type]
        return real(self, *given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "connection", plain)


def refused(deed: Callable[..., object], *given: object) -> list[str]:
    """The reasons with which a deed is refused."""
    with pytest.raises(Refused) as caught:
        deed(*given)
    return [reason.refusal.value for reason in caught.value.reasons]


def cast(vote: Prepared, *ballots: tuple[str, ...]) -> None:
    """One ballot for each code, from the first."""
    for code, choices in zip(vote.codes, ballots, strict=False):
        cast_ballot(vote.id, code, choices, bytes(16))
