"""A page as a test opens it: its text, after a look at what every page owes its readers."""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser

from werkzeug.test import TestResponse

UNSEEN = {"hidden", "submit"}
KEY = re.compile(r"[a-z_]+(?:\.[a-z_0-9]+)+")
"""What a key of the catalogues looks like when it has no words."""


def page(answer: TestResponse, status: int = 200) -> str:
    """The page's text. It has one h1 and a title, no id twice, and a name for every field."""
    assert answer.status_code == status, f"{answer.request.path}: {answer.status_code}\n{answer.text[:2000]}"
    seen = _Seen()
    seen.feed(answer.text)
    assert seen.headings == 1, f"{answer.request.path} has {seen.headings} h1"
    assert seen.title.strip(), f"{answer.request.path} has no title"
    twice = [name for name, often in Counter(seen.ids).items() if often > 1]
    assert not twice, f"{answer.request.path} has ids twice: {twice}"
    nameless = seen.fields - seen.labels
    assert not nameless, f"{answer.request.path} has fields without a label: {nameless}"
    keys = [word for word in seen.words.split() if KEY.fullmatch(word) and not word.endswith(".org")]
    assert not keys, f"{answer.request.path} shows keys instead of words: {keys}"
    return answer.text


def words_of(text: str) -> str:
    """What people read of a page, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.headings = 0
        self.title = ""
        self.words = ""
        self.ids: list[str] = []
        self.fields: set[str] = set()
        self.labels: set[str] = set()
        self._open = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self._open = tag
        self.headings += tag == "h1"
        self.ids += [given["id"]] if "id" in given else []
        self.labels |= {given["for"]} if tag == "label" and "for" in given else set()
        if tag in {"input", "select", "textarea"} and given.get("type") not in UNSEEN and "aria-label" not in given:
            self.fields.add(given.get("id", f"without an id: {given.get('name')}"))

    def handle_data(self, data: str) -> None:
        if self._open == "title":
            self.title += data
        elif self._open not in {"script", "style", "code"}:
            self.words += f" {data}"

    def handle_endtag(self, tag: str) -> None:
        self._open = ""
