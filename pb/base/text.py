"""Text as people type it, made safe to keep: normal form, no invisible or direction-turning characters."""

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
