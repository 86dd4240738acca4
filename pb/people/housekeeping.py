"""What the worker clears away: sign-ins of yesterday."""

from datetime import timedelta

from sqlalchemy import delete

from pb.base.clock import host_now
from pb.base.transaction import transaction
from pb.office.jobs import every
from pb.people.models import SignIn

KEPT = timedelta(days=1)
HOUR = 3600


@every(HOUR)
def forget_sign_ins() -> None:
    """Remove sign-ins that ran out a day ago: they hold addresses of people who may have no account."""
    with transaction() as session:
        session.execute(delete(SignIn).where(SignIn.expires_at < host_now() - KEPT))
