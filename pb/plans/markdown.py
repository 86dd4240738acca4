"""The text of a plan as HTML, from Markdown: pure. Headings, pictures and code of others' pages stay plain words."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote"}
OFF = ["heading", "lheading", "image", "code", "fence", "hr", "html_block", "html_inline", "reference", "entity"]
_reader = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(OFF)


@lru_cache(maxsize=512)
def html_of(text: str) -> Markup:
    """The text with paragraphs, emphasis, lists and links; a link never speaks for the municipality (nofollow).

    >>> html_of("**Rust** in de [wijk](https://example.org)")
    Markup('<p><strong>Rust</strong> in de <a href="https://example.org" rel="nofollow ugc noopener">wijk</a></p>')
    """
    written = nh3.clean(
        _reader.render(text).strip(),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="nofollow ugc noopener",
    )
    return Markup(written)  # noqa: S704 - cleaned a line above
