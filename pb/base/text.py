"""Text as people type it, made safe to keep: normal form, no invisible or direction-turning characters."""

import re
import unicodedata

_KEPT_CONTROLS = {"\n", "\t"}
_JOINERS = {"\u200d", "\ufe0f"}  # emoji are built with these two


def clean_line(written: str | None) -> str:
    """One line: normalised (NFC), controls and invisible characters dropped, runs of space made one."""
    return " ".join(clean_text(written).split())


def clean_text(written: str | None) -> str:
    """Several lines: normalised (NFC), line ends made `\\n`, controls and invisible characters dropped."""
    text = unicodedata.normalize("NFC", (written or "").replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in text if _kept(sign)).strip()


def _kept(sign: str) -> bool:
    if sign in _KEPT_CONTROLS or sign in _JOINERS:
        return True
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def slug_of(written: str, longest: int) -> str:
    """Words as a part of an address: small ASCII letters, digits and hyphens, cut between words; empty where none is left.

    >>> slug_of("Één bank bij de Łódź-straat!", 20)
    'een-bank-bij-de-odz'
    """
    plain = unicodedata.normalize("NFKD", written.lower()).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    return slug if len(slug) <= longest else slug[: longest + 1].rpartition("-")[0] or slug[:longest]
