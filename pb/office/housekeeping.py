"""What the worker clears away: throttle rows of yesterday, and mails that left a month ago."""

from datetime import timedelta

from sqlalchemy import delete

from pb.base.clock import host_now
from pb.base.transaction import transaction
from pb.office import throttle
from pb.office.jobs import every
from pb.office.models import OutgoingMail

MAIL_KEPT = timedelta(days=30)
HOUR = 3600


@every(HOUR)
def clear_away() -> None:
    """Remove what is no longer needed."""
    throttle.forget_old()
    with transaction() as session:
        session.execute(delete(OutgoingMail).where(OutgoingMail.sent_at < host_now() - MAIL_KEPT))
