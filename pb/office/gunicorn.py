"""What gunicorn is told beside its arguments (`--config python:pb.office.gunicorn`): our own log instead of its own.

Its access log would write addresses of visitors and whole paths; ours (`pb.office.requests`) writes neither.
"""

from contextlib import suppress
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from pb.office.reads import municipality
from pb.office.serve import log_to_stdout

accesslog = None
server_software = "begroot"


def post_worker_init(worker: Any) -> None:
    """Set up the log in every process of the web server, and read what every page shows before the first one asks."""
    log_to_stdout()
    with worker.wsgi.app_context(), suppress(SQLAlchemyError):  # the database may come later than the site
        municipality()
