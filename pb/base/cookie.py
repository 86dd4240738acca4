"""A cookie that only this site can read: sealed with a key that lives outside the database."""

import base64
import json
import time
from typing import Any

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox


class SealedCookie:
    """Seals a small JSON value for a limited time; what is broken, foreign or too old reads as `None`."""

    def __init__(self, key: bytes, max_age: int) -> None:
        self._box = SecretBox(key)
        self.max_age = max_age

    def seal(self, value: Any) -> str:
        """`value` as text that is safe in a cookie."""
        inner = json.dumps([int(time.time()), value], separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(self._box.encrypt(inner)).decode().rstrip("=")

    def open(self, sealed: str | None) -> Any:
        """What was sealed, or `None`."""
        try:
            padded = (sealed or "") + "=" * (-len(sealed or "") % 4)
            made, value = json.loads(self._box.decrypt(base64.urlsafe_b64decode(padded)))
        except (ValueError, TypeError, CryptoError):
            return None
        return value if 0 <= time.time() - made <= self.max_age else None
