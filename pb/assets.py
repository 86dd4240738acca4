"""Static files: addresses that change with their content, long caches for those, and compression that is safe.

Compression and secrets in one answer invite guessing (BREACH): so what is compressed is static, or a page that was asked for
without any cookie and sets none, which holds no secret and no token.
"""

import gzip
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it carries no types
from flask import Flask, Response, current_app, request, session

YEAR = 365 * 24 * 3600
TEXTS = {"text/html", "text/css", "text/plain", "text/javascript", "application/json", "image/svg+xml"}
SMALLEST = 600
"""Bytes below which compression costs more than it saves."""
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=5)),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}


def static_url(path: str) -> str:
    """The address of a static file: the same in every language, with a mark of its content where the file exists."""
    address = f"{current_app.static_url_path}/{path}"
    mark = _mark_of(path)
    return f"{address}?v={mark}" if mark else address


def has_static(path: str) -> bool:
    """Whether the file is there: parts from npm are absent until `pb parts` has run."""
    return bool(_mark_of(path))


def mark_of(content: bytes) -> str:
    """Twelve signs that change with the content."""
    return sha256(content).hexdigest()[:12]


def init_app(app: Flask) -> None:
    """Give templates the addresses, and answers their cache times and compression."""
    app.jinja_env.globals.update(static_url=static_url, has_static=has_static)
    app.after_request(_keep_long)
    app.after_request(_compress)  # Flask runs the last one first: static answers are read before they are marked


def _mark_of(path: str) -> str:
    """Found once a process; with FLASK_DEBUG, where files change under a running site, every time."""
    folder = current_app.static_folder or ""
    return _hash.__wrapped__(folder, path) if current_app.config["WATCH_FILES"] else _hash(folder, path)


@lru_cache(maxsize=512)
def _hash(folder: str, path: str) -> str:
    try:
        return mark_of((Path(folder) / path).read_bytes())
    except OSError:
        return ""


def _keep_long(response: Response) -> Response:
    """A marked address never changes its content; an unmarked one is asked for again."""
    if request.endpoint == "static" and response.status_code in {200, 304}:
        marked = "v" in request.args
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if marked else "public, max-age=300"
    return response


def _compress(response: Response) -> Response:
    if not _may_be_compressed(response):
        return response
    response.vary.add("Accept-Encoding")
    encoding = request.accept_encodings.best_match(ENCODERS)
    response.direct_passthrough = False
    body = response.get_data()
    if encoding and len(body) >= SMALLEST:
        response.set_data(_encoded(encoding, body))
        response.headers["Content-Encoding"] = encoding
        etag, _ = response.get_etag()
        if etag:
            response.set_etag(etag, weak=True)
    return response


def _may_be_compressed(response: Response) -> bool:
    """Whole answers only, and never one in which a secret may stand beside what a stranger wrote."""
    whole = response.status_code == 200 and "Content-Encoding" not in response.headers
    return whole and response.mimetype in TEXTS and (request.endpoint == "static" or _is_anonymous(response))


def _is_anonymous(response: Response) -> bool:
    """Flask writes the session's cookie after this, so a fresh session (it holds a form's token) is looked for too."""
    return not request.cookies and "Set-Cookie" not in response.headers and not session.modified


@lru_cache(maxsize=128)
def _encoded(encoding: str, body: bytes) -> bytes:
    """The same page goes to many, and compressing costs more than making it."""
    return ENCODERS[encoding](body)
