"""What the e-mail door does: it mails somebody a link and a code. Nothing of the address is kept but the mail itself."""

from pb.base.clock import host_now
from pb.base.refusals import Reason, Refused
from pb.base.transaction import transaction
from pb.doors.mailed import Mailed, link_of, new_code
from pb.doors.values import LIFETIME, ProofRefusal
from pb.office.acts import audit, queue_mail
from pb.office.mail import compose, site_url
from pb.office.throttle import address_bucket, note_failure, wait_seconds
from pb.people.rules import normal_address
from pb.rounds.values import RoundRecord


def mail_code(round_: RoundRecord, written: str, locale: str) -> Mailed:
    """Mail a link and a code to an address; it says nothing of whether anybody voted with it.

    Raises `Refused` for what is not an address (422), and after several mails to the same one (429).
    """
    address = normal_address(written)
    if isinstance(address, Reason):
        raise Refused(address)
    bucket = address_bucket("door", address)
    if seconds := wait_seconds(bucket):
        raise Refused(ProofRefusal.TOO_MANY_MAILS(about="email", seconds=seconds), status=429)
    mailed = Mailed(round_.public_id, address, new_code())
    link = site_url("doors.mail_link", locale, slug=round_.slug, token=link_of(round_.public_id, address))
    facts = {"name": round_.name, "link": link, "code": mailed.code, "minutes": LIFETIME.seconds // 60}
    subject, body = compose("door_code", locale, **facts)
    with transaction() as session:
        queue_mail(session, address, subject, body, locale)
        audit(session, "mail_code", f"door:{round_.id}", at=host_now())
    note_failure(bucket)
    return mailed
