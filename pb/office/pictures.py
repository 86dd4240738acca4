"""Pictures that people send, made safe: pure, bytes in and bytes out.

What is kept is drawn anew from the pixels alone, so place, camera, comments and hidden scripts do not come along.
"""

import io
import re
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageOps

from pb.base.refusals import Refused
from pb.office.values import OfficeRefusal

MOST_PIXELS = 40_000_000
"""Capped before decoding: a file of a few kilobytes may claim to be 50,000 by 50,000."""
SIDE, SMALL_SIDE = 1200, 320
"""Longest sides in pixels, of the picture and of its thumbnail."""
SMALL_BYTES = 10_000
KINDS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True)
class Picture:
    """What is kept of a picture: itself and its thumbnail, both of `media_type`; width and height in pixels."""

    media_type: str
    content: bytes
    thumbnail: bytes
    width: int
    height: int


def read_picture(stream: IO[bytes]) -> Picture:
    """The picture in `stream`, upright, as WebP. Raises `Refused` for whatever is not one still picture of sane size."""
    try:
        image = _drawn_anew(_opened(stream))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (OSError, ValueError, SyntaxError, MemoryError) as error:  # all that Pillow raises on broken files
        raise Refused(OfficeRefusal.NOT_A_PICTURE(about="picture")) from error
    return Picture("image/webp", _webp(image, quality=80), _thumbnail(image), image.width, image.height)


def read_drawing(svg: str) -> Picture:
    """A drawing of our own, kept as it is; its size is read from its `viewBox`. Raises `ValueError` without one."""
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    if box is None:
        raise ValueError("a drawing needs a viewBox that begins at 0 0")
    content = svg.encode()
    return Picture("image/svg+xml", content, content, int(box[1]), int(box[2]))


def _opened(stream: IO[bytes]) -> Image.Image:
    image = Image.open(stream, formats=KINDS)
    if image.width * image.height > MOST_PIXELS:
        raise _too_large()
    if getattr(image, "is_animated", False):
        raise Refused(OfficeRefusal.MOVING_PICTURE(about="picture"))
    image.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG may be decoded at half or a quarter, which saves most of the time
    return image


def _drawn_anew(image: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((SIDE, SIDE))
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright)
    return paper


def _thumbnail(image: Image.Image) -> bytes:
    """As good as fits in `SMALL_BYTES`: first less quality, then fewer pixels."""
    for side in (SMALL_SIDE, SMALL_SIDE // 2, SMALL_SIDE // 4):
        small = image.copy()
        small.thumbnail((side, side))
        for quality in (75, 60, 45, 30):
            content = _webp(small, quality)
            if len(content) < SMALL_BYTES:
                return content
    return content


def _webp(image: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    image.save(written, "WEBP", quality=quality, method=4)
    return written.getvalue()


def _too_large() -> Refused:
    return Refused(OfficeRefusal.PICTURE_TOO_LARGE(about="picture", megapixels=MOST_PIXELS // 1_000_000))
