"""An election of the Pabulib collection as a rehearsal round: plans, codes, every ballot through `cast_ballot`, the count.

The file is read and judged as a whole before the first row is written, so a broken one leaves nothing behind.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from itertools import repeat
from pathlib import Path

from pb.base.access import Role
from pb.base.clock import host_now
from pb.base.hashing import credential_of, token_of
from pb.base.refusals import Refused, refuse_if_any
from pb.base.text import slug_of
from pb.base.transaction import transaction
from pb.counting.pabulib import read_pabulib
from pb.demo.elections import ForeignRound, foreign_round
from pb.office.acts import audit
from pb.office.values import NOBODYS
from pb.people.acts import ensure_person
from pb.plans.acts import save_draft, submit_plan
from pb.results.acts import ask_result_adoption, count_round, publish_result
from pb.results.reads import outcome
from pb.roll.acts import take_credentials
from pb.roll.codes import make_code
from pb.roll.files import write_credentials
from pb.roll.values import Credential, CredentialKind
from pb.rounds.acts import advance_clock, ask_adoption, confirm_request, create_round, grant_role
from pb.rounds.reads import open_requests, round_by_id, round_by_slug
from pb.rounds.rules import frame_reasons
from pb.rounds.values import Decision, Phase, RoundRecord
from pb.selection.acts import publish_shortlist, save_groups
from pb.selection.values import PlanGroups
from pb.voting.acts import ask_to_reissue, ask_to_seal, cast_ballot, close_vote, open_rehearsal, prepare_keys
from pb.voting.values import Choices

Progress = Callable[[str, int, int], None]
NOBODY = (f"first{NOBODYS}", f"second{NOBODYS}")
"""The two invented people who do what organisers do."""
EVERY = 50
"""Ballots between two reports of progress."""
LONGEST_ADDRESS = 40
SOURCE = "https://pabulib.org"
"""Where the decisions of an imported round point: nobody took them, the collection published what came of them."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import. Plans are named by the file's own ids; `equal` is `None` where it names no winners."""

    round: str
    plans: int
    voters: int
    ballots: int
    refused: dict[str, int]
    left_out: tuple[str, ...]
    winners: list[str]
    official: list[str] | None
    equal: bool | None

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class OpenVote:
    """A round that is voting, the two who organise it, the codes of its voters, and spare ones of the desk."""

    round: RoundRecord
    by: tuple[int, int]
    codes: list[str]
    spare: list[str]


def import_election(path: Path, progress: Progress, with_caps: bool = False) -> ImportReport:
    """Make a round of the file, cast its ballots, close, count, publish, and compare with the winners that it names.

    `with_caps` takes over what the file says plans of a neighbourhood or theme may win at most.

    Raises `Refused` with line and column for a file that cannot be taken; then nothing was written.
    """
    return import_round(read_election(path, with_caps), progress)


def read_election(path: Path, with_caps: bool = False) -> ForeignRound:
    """What a file holds. Raises `Refused` as `import_election` does."""
    return foreign_round(read_pabulib(path.read_bytes()), with_caps)


def import_round(found: ForeignRound, progress: Progress) -> ImportReport:
    """Make a round of what a file holds, cast its ballots, close, count, publish, and compare with its winners."""
    vote = open_vote(found, progress)
    refused = _cast(vote, found.ballots, progress)
    settle(vote, found)
    return _report(vote.round, found, refused)


def open_vote(found: ForeignRound, progress: Progress, spare: int = 0) -> OpenVote:
    """A rehearsal round with the plans and one code per ballot of `found`, at the moment in which its vote opens.

    The desk has so many `spare` codes, all of the first ballot style.
    """
    refuse_if_any(frame_reasons(found.frame))
    by = _organisers()
    round_ = _prepare(found, by, progress)
    codes, spares = ([make_code() for _ in range(count)] for count in (len(found.ballots), spare))
    _seal(round_, found, codes, spares, by, progress)
    return OpenVote(round_, by, codes, spares)


def _organisers() -> tuple[int, int]:
    with transaction() as session:
        numbers = tuple(ensure_person(session, email) for email in NOBODY)
        audit(session, "import_election", "people", at=host_now())
    return numbers[0], numbers[1]


def _prepare(found: ForeignRound, by: tuple[int, int], progress: Progress) -> RoundRecord:
    """The round with its adopted frame and its plans, on the morning of the vote's first day."""
    calendar = found.frame.calendar
    starts = calendar.phases[0].opens
    round_id = create_round(
        found.frame.name, _free_address(found.frame.name), by[0], frame=found.frame, rehearsal=True, starts=starts
    )
    grant_role(round_id, NOBODY[1], Role.ORGANISER, by[0])
    ask_adoption(round_id, _decision(starts), by[0])
    _confirm(round_id, by[1])
    for done, plan in enumerate(found.plans, start=1):
        submit_plan(by[0], save_draft(round_id, by[0], plan.draft, code=plan.code), sure=True)  # it is public already
        progress("plans", done, len(found.plans))
    advance_clock(round_id, calendar.phases[0].closes)
    publish_shortlist(round_id, by[0])
    if found.parts or found.conflicts:
        save_groups(round_id, PlanGroups(found.conflicts, found.parts), by[0])
    return _round(round_id)


def _seal(
    round_: RoundRecord,
    found: ForeignRound,
    codes: Sequence[str],
    spares: Sequence[str],
    by: tuple[int, int],
    progress: Progress,
) -> None:
    """A code for every voter, keys, and a manifest that two people sealed; then the vote opens."""
    first, *_ = frame_styles = tuple(found.frame.styles())
    styles = found.styles or frame_styles * len(codes)
    kinds = (
        (codes, styles, CredentialKind.ISSUED, found.frame.area),
        (spares, repeat(first), CredentialKind.SPARE, ""),
    )
    credentials = [
        Credential(credential_of(token_of(round_.public_id, code)), style, kind, area)
        for made, theirs, kind, area in kinds
        for code, style in zip(made, theirs, strict=False)
    ]
    progress("codes", 0, len(codes))
    take_credentials(round_.id, BytesIO(write_credentials(round_.public_id, credentials)), by[0])
    prepare_keys(round_.id, by[0])
    ask_to_seal(round_.id, by[0])
    _confirm(round_.id, by[1])
    advance_clock(round_.id, _vote(found).opens)
    progress("codes", len(codes), len(codes))


def _cast(vote: OpenVote, ballots: Sequence[Choices], progress: Progress) -> Counter[str]:
    """Every ballot through the act that a browser reaches; gives how many were refused, by reason."""
    refused: Counter[str] = Counter()
    for done, (code, choices) in enumerate(zip(vote.codes, ballots, strict=True), start=1):
        try:
            cast_ballot(vote.round.id, code, choices, secrets.token_bytes(16))
        except Refused as answer:
            refused.update(reason.refusal.value for reason in answer.reasons[:1])
        if done % EVERY == 0 or done == len(ballots):
            progress("ballots", done, len(ballots))
    return refused


def reissue(vote: OpenVote, old: str, new: str) -> None:
    """Two people give the spare code `new` to who lost `old`."""
    lost, given = (credential_of(token_of(vote.round.public_id, code)).hex() for code in (old, new))
    request_id = ask_to_reissue(vote.round.id, lost, given, vote.by[0], checked=True)
    confirm_request(request_id, vote.by[1], {"old": lost, "new": given})


def settle(vote: OpenVote, found: ForeignRound) -> None:
    """Close, open, count, adopt and publish."""
    round_, by, closes = vote.round, vote.by, _vote(found).closes
    advance_clock(round_.id, closes)
    close_vote(round_.id)
    open_rehearsal(round_.id, by[0])
    count_round(round_.id, by[0])
    ask_result_adoption(round_.id, _decision(closes), by[0])
    _confirm(round_.id, by[1])
    publish_result(round_.id, by[0])


def _report(round_: RoundRecord, found: ForeignRound, refused: Counter[str]) -> ImportReport:
    counted = outcome(round_.id)
    if counted is None:
        raise LookupError("the count that was just made is gone")
    winners, official = counted.ledger.winners, found.official
    return ImportReport(
        round=round_.slug,
        plans=len(found.plans),
        voters=len(found.ballots),
        ballots=counted.ledger.ballots,
        refused=dict(refused),
        left_out=found.left_out,
        winners=found.names_of(winners),
        official=None if official is None else found.names_of(official),
        equal=None if official is None else set(winners) == set(official),
    )


def _vote(found: ForeignRound) -> Phase:
    return found.frame.calendar.phases[-1]


def _confirm(round_id: int, by: int) -> None:
    """The second person says yes to whatever waits."""
    for request in open_requests(round_id):
        confirm_request(request.id, by)


def _decision(at: datetime) -> Decision:
    return Decision("Pabulib", at.date(), "0", SOURCE)


def _round(round_id: int) -> RoundRecord:
    found = round_by_id(round_id)
    if found is None:
        raise LookupError(f"round {round_id} is gone")
    return found


def _free_address(name: str) -> str:
    """An address for the round that none has: `import-` and its name, with a number where that is taken."""
    bare = f"import-{slug_of(name, LONGEST_ADDRESS)}".rstrip("-")
    address, number = bare, 2
    while round_by_slug(address):
        address, number = f"{bare}-{number}", number + 1
    return address
