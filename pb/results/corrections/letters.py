"""The mails that a correction sends to proposers; part of the deed's transaction."""

from sqlalchemy.orm import Session

from pb.office.acts import queue_mail
from pb.office.mail import compose, site_url
from pb.people.reads import people_by_ids
from pb.results.values import Outcome
from pb.rounds.values import RoundRecord


def tell_changed(session: Session, round_: RoundRecord, before: Outcome, after: Outcome) -> None:
    """Who proposed a plan that wins after all, or no longer, hears it with the reason."""
    pairs = zip(before.results, after.results, strict=True)
    changed = [new for old, new in pairs if new.won is not old.won]
    people = {person.id: person for person in people_by_ids((one.plan.proposer_id for one in changed), session)}
    for one in changed:
        person = people[one.plan.proposer_id]
        link = site_url("results.page", person.locale, slug=round_.slug)
        facts = {"round": round_, "result": one, "correction": after.corrections[-1], "link": link}
        queue_mail(session, person.email, *compose("result_corrected", person.locale, **facts), locale=person.locale)
