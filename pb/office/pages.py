"""Pages that many visitors ask for at once are made once and kept for a moment.

    @bp.get("/rondes/<slug>/plannen")
    @remembered
    @access.public
    def listing(slug): ...

Only for visitors without any cookie, whose page holds nothing of theirs and no token. Finding a kept page asks nothing
of the database.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any

from flask import Response, current_app, make_response, request, session
from flask.typing import ResponseReturnValue

SECONDS = 5
"""So long a page may be behind what was done meanwhile."""
MOST = 256
"""Pages a process keeps; the one that was asked for longest ago goes first."""

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A page as it was sent, before compression."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    until: float

    def answer(self) -> Response:
        response = Response(self.body)
        response.headers.extend(self.headers)
        return response


class _Shelf:
    """Pages by language, address and question."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Any, _Kept] = OrderedDict()
        self._lock = Lock()

    def take(self, key: Any) -> _Kept | None:
        with self._lock:
            kept = self._pages.get(key)
            if kept is not None:
                self._pages.move_to_end(key)
            return kept if kept and kept.until > time.monotonic() else None

    def put(self, key: Any, response: Response) -> None:
        headers = tuple((name, value) for name, value in response.headers if name != "Content-Length")
        with self._lock:
            self._pages[key] = _Kept(response.get_data(), headers, time.monotonic() + SECONDS)
            while len(self._pages) > MOST:
                self._pages.popitem(last=False)


def remembered(view: View) -> View:
    """Answer an anonymous visitor with the page that was made a moment ago for another one."""

    @wraps(view)
    def answer(**values: Any) -> ResponseReturnValue:
        if request.cookies or request.method != "GET" or not current_app.config["REMEMBER_SECONDS"]:
            return view(**values)
        shelf: _Shelf = current_app.extensions.setdefault("pb.pages", _Shelf())
        key = (request.script_root, request.full_path)
        kept = shelf.take(key)
        if kept is not None:
            return kept.answer().make_conditional(request.environ)
        response = make_response(view(**values))
        if response.status_code == 200 and not session.modified:
            shelf.put(key, response)
        return response

    return answer
