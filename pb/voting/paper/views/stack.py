"""What the pages of paper share: who works there, a batch with its forms, and a number that was typed."""

from flask import abort, request
from flask_login import current_user

from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.rounds.reads import now_of
from pb.voting.paper.reads import batch_of, forms_of, paper_keys
from pb.voting.paper.rules import entering_reasons
from pb.voting.paper.values import BatchRecord, FormRecord, PaperRefusal
from pb.voting.views.blueprint import SealedVote, sealed_vote

WHO = (Role.CLERK, Role.ORGANISER)
"""Who registers batches and enters forms."""


def the_batch(slug: str, number: int) -> tuple[SealedVote, BatchRecord]:
    """A registered batch of a sealed vote; 404 for any other."""
    vote = sealed_vote(slug) or abort(404)
    found = batch_of(vote.round.id, number)
    if found is None:
        raise Refused(PaperRefusal.BATCH_UNKNOWN(), status=404)
    return vote, found


def forms_for(vote: SealedVote, batch: BatchRecord) -> tuple[FormRecord, ...]:
    """The forms of a batch, for who is signed in."""
    return forms_of(vote.round.id, batch, paper_keys(vote.box, vote.manifest), current_user.id)


def closed_reasons(vote: SealedVote) -> list[Reason]:
    """Why no form is entered now."""
    return entering_reasons(vote.box, vote.manifest, now_of(vote.round))


def typed_number(field: str) -> int:
    """A whole number of the form, in plain digits; 0, which no rule takes, for anything else."""
    written = request.form.get(field, "").strip()
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0
