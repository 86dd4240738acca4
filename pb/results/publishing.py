"""Keeping the public files when a result is published: they are signed for, so nothing makes them anew."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from pb.base.refusals import Refused
from pb.office.reads import municipality
from pb.results.bundle import Result, bundle
from pb.results.models import PublicFile
from pb.results.values import CountingRefusal, Outcome
from pb.voting.keys import keys_of
from pb.voting.reads import opened, sealed_manifest, vote_files


def keep_files(session: Session, outcome: Outcome, now: datetime) -> None:
    """Write every file of the round, also the auditor's. Part of the publication; raises `Refused` without the keys."""
    sealed, piles, runs = sealed_manifest(outcome.round_id, session), opened(outcome.round_id), municipality()
    if sealed is None or piles is None:
        raise Refused(CountingRefusal.NOT_OPENED(), status=409)
    titles = {result.plan.code: result.plan.title for result in outcome.results}
    place = runs.name if runs else sealed.manifest.frame.area
    result = Result(sealed, piles, outcome.ledger, titles, place)
    files = bundle(result, vote_files(outcome.round_id, session), keys_of(sealed.manifest).log_key, now)
    rows = [{"round_id": outcome.round_id, "name": name, "content": content} for name, content in files.items()]
    session.execute(insert(PublicFile), rows)
