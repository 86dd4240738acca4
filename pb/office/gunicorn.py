"""What gunicorn is told beside its arguments (`--config python:pb.office.gunicorn`): our own log instead of its own.

Its access log would write addresses of visitors and whole paths; ours (`pb.office.requests`) writes neither.
"""

from typing import Any

from pb.office.serve import log_to_stdout

accesslog = None
server_software = "begroot"


def post_worker_init(_worker: Any) -> None:
    """Set up the log in every process of the web server."""
    log_to_stdout()
