"""The paper form as PDF, pure: plans with their numbers, and room for the code that is covered by a strip."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typst

PAGE = Path(__file__).parent / "sheet.typ"
FONTS = Path(__file__).parents[3] / "static" / "vendor" / "fonts-ttf"
PARTS = (
    "title", "steps", "nothing", "code", "code_help", "strip", "hand_in", "wins", "office", "batch", "form",
    "number", "plan", "cost",
)  # fmt: skip
"""What the form says: `sheet.<part>` in the catalogues. What may be chosen comes with them, as `choose`."""


@dataclass(frozen=True, slots=True)
class SheetPot:
    """The plans of one pot: number, title and cost in words; `name` stands above them where there are several pots."""

    name: str
    plans: tuple[tuple[int, str, str], ...]


def sheet_pdf(words: Mapping[str, str], pots: Sequence[SheetPot], locale: str) -> bytes:
    """The form, with tags for screen readers (PDF/UA-1)."""
    inputs = {
        "words": json.dumps(dict(words)),
        "pots": json.dumps([[pot.name, [list(plan) for plan in pot.plans]] for pot in pots]),
        "locale": locale,
    }
    fonts = [FONTS] if FONTS.is_dir() else []
    pdf: bytes = typst.compile(PAGE, font_paths=fonts, sys_inputs=inputs, pdf_standards="ua-1")
    return pdf
