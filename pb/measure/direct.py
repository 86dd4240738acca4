"""The same requests without a wire, in this process, so that what they ask of the database can be counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import Connection, event

from pb.measure.wire import Answer


class Direct:
    """Takes prepared requests like a wire, and hands them to the application."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client(use_cookies=False)

    def send(self, request: bytes) -> Answer:
        """The answer to a prepared request; nothing of the context around it, as on a server."""
        head, _, body = request.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        method, path, _ = first.split(" ")
        headers = [(name, value) for name, _, value in (line.partition(": ") for line in lines)]
        answer = Context().run(self._client.open, path, method=method, headers=headers, data=body)
        told = "".join(f"\r\n{name}: {value}" for name, value in answer.headers)
        return Answer(answer.status_code, told.encode(), answer.data)


@dataclass(slots=True)
class Asked:
    """Statements that were sent: all, and those between the BEGIN and the COMMIT that wrote something."""

    request: int = 0
    writing: int = 0
    since_begin: list[str] = field(default_factory=list)


@contextmanager
def statements(app: Flask) -> Iterator[Asked]:
    """Count what is asked of the site's database while the context lasts, also what goes there together.

    Inside an application context.
    """
    engine, asked = app.extensions["sqlalchemy"].engine, Asked()

    def note(_connection: Connection, _cursor: object, statement: str, *_: Any) -> None:
        sent = [part for part in statement.split("; ") if not part.startswith("BEGIN")]
        asked.request += len(sent)
        asked.since_begin += sent

    def end(_connection: Connection) -> None:
        if any("INSERT" in statement for statement in asked.since_begin):
            asked.writing = len(asked.since_begin)
        asked.since_begin.clear()

    listeners = (("before_cursor_execute", note), ("commit", end), ("rollback", end))
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        yield asked
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)
