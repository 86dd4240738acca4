"""The mails that a published result sends; part of the deed's transaction."""

from sqlalchemy.orm import Session

from pb.office.acts import queue_mail
from pb.office.mail import compose, site_url
from pb.people.reads import people_by_ids
from pb.results.rules import why_not
from pb.results.values import Outcome
from pb.rounds.values import RoundRecord


def tell_proposers(session: Session, round_: RoundRecord, outcome: Outcome) -> None:
    """Every proposer of a plan on the ballot hears whether it won, and if not, why in one sentence."""
    people = {person.id: person for person in people_by_ids((one.plan.proposer_id for one in outcome.results), session)}
    for result in outcome.results:
        person = people[result.plan.proposer_id]
        letter = "result_won" if result.won else "result_not_won"
        link = site_url("results.page", person.locale, slug=round_.slug)
        facts = {"round": round_, "result": result, "why": why_not(outcome, result), "link": link}
        facts["by_points"] = outcome.explanation.by_points
        queue_mail(session, person.email, *compose(letter, person.locale, **facts), locale=person.locale)
