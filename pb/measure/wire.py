"""A client of few microseconds: prepared requests over one kept-alive connection, so that what is measured is the server."""

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: ([^=;\r\n]+)=([^;\r\n]*)", re.IGNORECASE)
_END = b"\r\n\r\n"
TIMEOUT = 60
"""Seconds after which a silent server is taken to be stuck."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `head` is the status line and headers as they were sent."""

    status: int
    head: bytes
    body: bytes

    def cookies(self) -> dict[str, str]:
        """The cookies that this answer sets."""
        return {name.decode(): value.decode() for name, value in _COOKIE.findall(self.head)}


class Wire:
    """One connection that stays open. Not for several threads at once."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), TIMEOUT)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def send(self, request: bytes) -> Answer:
        """Send a prepared request and wait for the whole answer. Raises `ConnectionError` when the server hangs up."""
        self._socket.sendall(request)
        received = b""
        while _END not in received:
            received += self._more()
        head, _, body = received.partition(_END)
        found = _LENGTH.search(head)
        wanted = int(found[1]) if found else 0
        while len(body) < wanted:
            body += self._more()
        return Answer(int(head[9:12]), head, body)

    def _more(self) -> bytes:
        part = self._socket.recv(65536)
        if not part:
            raise ConnectionError("the server hung up")
        return part


def get(path: str, cookies: Mapping[str, str] | None = None) -> bytes:
    """A GET, ready to send."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{_cookie_line(cookies)}\r\n".encode()


def post(path: str, fields: list[tuple[str, str]], cookies: Mapping[str, str]) -> bytes:
    """A form, ready to send."""
    body = urlencode(fields)
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{_cookie_line(cookies)}"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def _cookie_line(cookies: Mapping[str, str] | None) -> str:
    return f"Cookie: {'; '.join(f'{name}={value}' for name, value in cookies.items())}\r\n" if cookies else ""
