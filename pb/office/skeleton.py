"""Pages of which only some words differ from one answer to the next, offered to every room: made once, then filled in.

Nothing of one person can stay in what is kept for the next: a template that makes such a page is never given the words,
only a mark in the place of each.
"""

import re
from collections.abc import Hashable, Mapping
from typing import Any

from flask import current_app, render_template, request, session
from flask_login import current_user
from markupsafe import Markup, escape

from pb.office.reads import municipality

MOST = 256
"""Pages kept by a process; a round whose vote is open has a few."""
_kept: dict[Hashable, list[str]] = {}
_OPEN, _CLOSE = "\ue000", "\ue001"
"""Signs of no language around a name: they come through every filter and stand nowhere else on a page."""
_MARK = re.compile(f"{_OPEN}([a-z0-9_]+){_CLOSE}")


def filled_page(template: str, key: Hashable, facts: Mapping[str, Any], words: Mapping[str, str | Markup]) -> str:
    """The page of a template with these words in it, each escaped unless it is markup.

    In the template each word is `words.` and its name. What else the page shows follows from `facts`, and from the address, the
    language and the municipality; `key` tells one set of facts from another. Made anew for who is signed in, where a
    message waits, and in the demo: then the frame is somebody's own.
    """
    whole = (template, request.script_root, request.path, municipality(), key)
    everyones = _is_everyones()
    parts = _kept.get(whole) if everyones else None
    if parts is None:
        marks = {name: f"{_OPEN}{name}{_CLOSE}" for name in words}
        parts = _MARK.split(render_template(template, words=marks, **facts))
        if everyones:
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[whole] = parts
    return "".join(escape(words[part]) if at % 2 else part for at, part in enumerate(parts))


def _is_everyones() -> bool:
    own = current_app.config["WATCH_FILES"] or current_app.config["DEMO"] or "_flashes" in session
    return not (own or current_user.is_authenticated)
