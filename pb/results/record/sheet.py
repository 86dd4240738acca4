"""The record as PDF, pure: headings with rows of a label and what is said, and lines for signatures."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typst

PAGE = Path(__file__).parent / "record.typ"
FONTS = Path(__file__).parents[3] / "static" / "vendor" / "fonts-ttf"
WORDS = ("title", "sign", "sign.lead", "sign.name", "sign.function", "sign.date", "sign.hand")
"""What stands on every record: `record.<word>` in the catalogues."""
SIGNATURES = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its rows: a label, and what is said of it."""

    heading: str
    rows: tuple[tuple[str, str], ...]


def record_pdf(words: Mapping[str, str], lead: str, parts: Sequence[Part], locale: str) -> bytes:
    """The record, with tags for screen readers (PDF/UA-1)."""
    inputs = {
        "words": json.dumps(dict(words)),
        "lead": lead,
        "parts": json.dumps([[part.heading, [list(row) for row in part.rows]] for part in parts]),
        "signatures": str(SIGNATURES),
        "locale": locale,
    }
    fonts = [FONTS] if FONTS.is_dir() else []
    pdf: bytes = typst.compile(PAGE, font_paths=fonts, sys_inputs=inputs, pdf_standards="ua-1")
    return pdf
