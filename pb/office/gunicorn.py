"""What gunicorn is told beside its arguments (`--config python:pb.office.gunicorn`): our own log instead of its own.

Its access log would write addresses of visitors and whole paths; ours (`pb.office.requests`) writes neither.
"""

import gc
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from pb.office.reads import municipality
from pb.office.serve import log_to_stdout

accesslog = None
server_software = "begroot"
COLLECTIONS = (20_000, 20, 20)
"""When Python looks for garbage in circles: a request makes some thousands of objects and hardly a circle, so less often
than usual, and never again among what stood before the first request."""


def post_worker_init(worker: Any) -> None:
    """Set up the log in every process of the web server, and read what every page shows before the first one asks."""
    log_to_stdout()
    with worker.wsgi.app_context(), suppress(SQLAlchemyError):  # the database may come later than the site
        municipality()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTIONS)
