"""A rule at work before it is adopted: a worked example, an old round or a file, counted under the draft's settings."""

import time
from collections.abc import Callable, Sequence
from contextlib import closing

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.results.bundle import votes_name
from pb.results.reads import outcome, public_names
from pb.results.rules import column_name, election_from, rule_of, share_of
from pb.results.trials import EXAMPLE, LARGEST_FILE, Trial, Tried, beside, example, fitting, trial_of_file, try_rule
from pb.results.views.blueprint import bp
from pb.results.views.others import rule_words
from pb.results.views.sentences import Account
from pb.results.views.telling import told_by_pot
from pb.rounds.guard import the_round
from pb.rounds.reads import all_rounds, newest_draft
from pb.rounds.rules import advises_more_choices, frame_reasons
from pb.rounds.values import Frame, RoundRecord, RuleRefusal
from pb.voting.reads import manifest, opened

SECONDS = 20.0
"""So long one request may count."""


@bp.get("/beheer/rondes/<slug>/kader/proeftelling")
@access.role(Role.ORGANISER)
def trial(slug: str) -> ResponseReturnValue:
    """The worked example, or an old round that `ronde` names."""
    round_, chosen = the_round(slug), request.args.get("ronde", "")
    if not chosen:
        return _page(round_, _example(_drafted(round_)))
    old = next((one for one in _old_rounds() if one.slug == chosen), None) or abort(404)
    return _page(round_, _of_round(old))


@bp.post("/beheer/rondes/<slug>/kader/proeftelling")
@access.role(Role.ORGANISER)
def trial_of_upload(slug: str) -> ResponseReturnValue:
    """A Pabulib file, which is read, counted and forgotten."""
    round_ = the_round(slug)
    try:
        return _page(round_, trial_of_file(_uploaded()))
    except Refused as refused:
        return _page(round_, _example(_drafted(round_)), refused.reasons), refused.status


def _page(round_: RoundRecord, tried_on: Trial, reasons: Sequence[Reason] = ()) -> str:
    frame = _drafted(round_)
    wrong = [reason for reason in frame_reasons(frame) if isinstance(reason.refusal, RuleRefusal)]
    rule, late = fitting(tried_on, rule_of(frame)), _clock()
    counted = () if wrong else tuple(try_rule(tried_on, one, late) for one in (rule, beside(tried_on, rule)))
    accounts = [_account(tried_on, one) for one in counted]
    return render_template(
        "results/trial.html",
        round=round_,
        frame=frame,
        trial=tried_on,
        names=[rule_words(column_name(one.ledger)) for one in counted],
        accounts=accounts,
        account=accounts[0] if accounts else None,
        pots=told_by_pot(accounts[0]) if accounts else [],
        wrong=wrong,
        reasons=reasons,
        old_rounds=_old_rounds(),
        chosen=request.args.get("ronde", ""),
        is_example=set(tried_on.titles) == set(EXAMPLE),
        advice=advises_more_choices(frame),
        share_of=share_of,
    )


def _uploaded() -> bytes:
    """What was sent, no more of it than is read; a large one lay in a file of its own, which goes at once."""
    file = request.files.get("file")
    if file is None:
        return b""
    with closing(file):
        return bytes(file.read(LARGEST_FILE + 1))


def _clock() -> Callable[[], bool]:
    until = time.monotonic() + SECONDS
    return lambda: time.monotonic() > until


def _drafted(round_: RoundRecord) -> Frame:
    draft = newest_draft(round_.id)
    return draft.frame if draft else round_.frame


def _account(tried_on: Trial, tried: Tried) -> Account:
    return Account(tried.ledger, tried.explanation, tried_on.titles, tried_on.pots)


def _example(frame: Frame) -> Trial:
    titles = {code: gettext(f"trial.plan.{code}") for code in EXAMPLE}
    return example(titles, gettext("trial.example"), frame.ballot.numbered)


def _old_rounds() -> list[RoundRecord]:
    """Rounds with a public result of which everybody can see every ballot: counting them anew betrays nothing."""
    return [round_ for round_ in all_rounds() if round_.published_at and _is_open(round_)]


def _is_open(round_: RoundRecord) -> bool:
    names = public_names(round_)
    return all(votes_name(pot.code) in names for pot in round_.frame.all_pots())


def _of_round(old: RoundRecord) -> Trial:
    found, sealed, piles = outcome(old.id), manifest(old.id), opened(old.id)
    if found is None or sealed is None or piles is None:
        abort(404)
    titles = {one.plan.code: one.plan.title for one in found.results}
    return Trial(old.name, election_from(sealed, piles), titles, sealed.frame.all_pots())
