"""Growing waits after failures, kept under pseudonyms that change every day; no thread ever sleeps for it."""

import hashlib
import hmac
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from flask import current_app
from sqlalchemy import ColumnElement, case, delete
from sqlalchemy.dialects import postgresql, sqlite

from pb.base.clock import host_now
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office.models import FailedAttempt

FREE = 5
"""Failures without a wait: people do mistype."""
LONGEST = 15 * 60
"""Seconds; a wait grows to this and no further, so nobody is ever locked out."""
FORGOTTEN = timedelta(days=1)


def address_bucket(purpose: str, address: str | None) -> bytes:
    """Where failures of a network address are counted: a pseudonym of today, of the /64 network for IPv6."""
    now = host_now()
    key = bytes.fromhex(current_app.config["THROTTLE_KEY"])
    day_key = hmac.digest(key, now.date().isoformat().encode(), hashlib.sha256)
    return hmac.digest(day_key, f"{purpose}|{_network(address or '')}".encode(), hashlib.sha256)


def wait_seconds(bucket: bytes, free: int = FREE) -> int:
    """How many seconds this bucket still has to wait; 0 when it may try, as after the first `free` failures."""
    row = db.session.get(FailedAttempt, bucket, populate_existing=True)
    if row is None or row.failures <= free:
        return 0
    wait = min(LONGEST, 1 << min(row.failures - free, 20))
    return max(0, wait - int((host_now() - row.last_at).total_seconds()))


def note_failure(bucket: bytes) -> None:
    """Count a failure, in a transaction of its own: call it after the deed's has ended."""
    now = host_now()
    with transaction() as session:
        insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert
        stale: ColumnElement[bool] = FailedAttempt.last_at < now - FORGOTTEN
        session.execute(
            insert(FailedAttempt)
            .values(bucket=bucket, failures=1, last_at=now)
            .on_conflict_do_update(
                index_elements=[FailedAttempt.bucket],
                set_={"failures": case((stale, 1), else_=FailedAttempt.failures + 1), "last_at": now},
            )
        )


def forget_old() -> None:
    """Remove what is older than a day; the worker does this every hour."""
    with transaction() as session:
        session.execute(delete(FailedAttempt).where(FailedAttempt.last_at < host_now() - FORGOTTEN))


def _network(address: str) -> str:
    """An IPv6 customer has a whole /64, so one address of it says nothing."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped) if found.ipv4_mapped else str(IPv6Address(int(found) >> 64 << 64))
    return str(found)
