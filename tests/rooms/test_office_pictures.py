"""Pictures are drawn anew: upright, small, without place or camera; everything else is refused in words."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image

from pb.base.refusals import Refused
from pb.office.pictures import MOST_PIXELS, SIDE, SMALL_BYTES, SMALL_SIDE, read_drawing, read_picture
from pb.office.values import OfficeRefusal

NOISE = random.Random(1)  # noqa: S311 - noise for a picture


def written(image: Image.Image, kind: str, **options: object) -> io.BytesIO:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    stream.seek(0)
    return stream


def seen(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(1, 1), (640, 480), (3000, 2000), (900, 2400), (4000, 3)])
def test_a_photo_becomes_a_small_webp(kind: str, size: tuple[int, int]) -> None:
    picture = read_picture(written(Image.new("RGB", size, "green"), kind))
    image, thumbnail = seen(picture.content), seen(picture.thumbnail)
    assert picture.media_type == "image/webp" and (image.format, thumbnail.format) == ("WEBP", "WEBP")
    assert image.size == (picture.width, picture.height)
    assert max(image.size) == min(SIDE, max(size)) and max(thumbnail.size) <= SMALL_SIDE


def test_a_busy_photo_still_has_a_small_thumbnail() -> None:
    noise = Image.frombytes("RGB", (1600, 1200), NOISE.randbytes(1600 * 1200 * 3))
    assert len(read_picture(written(noise, "PNG")).thumbnail) < SMALL_BYTES


def test_place_camera_and_comments_do_not_come_along() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Canary camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 7.0, 30.0)})
    photo = written(
        Image.new("RGB", (40, 30)), "JPEG", exif=exif, comment=b"Canary comment", icc_profile=b"Canary" * 30
    )
    assert b"Canary" in photo.getvalue()
    picture = read_picture(photo)
    assert b"Canary" not in picture.content + picture.thumbnail
    assert not seen(picture.content).getexif() and "icc_profile" not in seen(picture.content).info


def test_a_photo_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the right
    sideways = Image.new("RGB", (60, 40), "white")
    sideways.paste("red", (0, 0, 60, 20))  # the top as the camera saw it is the right side of the photo
    picture = read_picture(written(sideways, "JPEG", exif=exif, quality=95))
    image = seen(picture.content).convert("RGB")
    assert image.size == (40, 60)
    assert image.getpixel((35, 30))[1] < 80 < image.getpixel((5, 30))[1]  # type: ignore[index]


def test_what_is_see_through_gets_white_paper() -> None:
    picture = read_picture(written(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"))
    assert min(seen(picture.content).convert("RGB").getpixel((10, 10))) > 250  # type: ignore[type-var, arg-type]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_every_colour_mode_is_read(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert read_picture(written(Image.new(mode, (30, 20)), kind)).width == 30


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><script>alert(1)</script></svg>'
JPEG = written(Image.new("RGB", (64, 64), "blue"), "JPEG").getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a<script>alert(1)</script>", SVG, b"%PDF-1.7", b"\x00" * 100, JPEG[:300], JPEG[:20],
     written(Image.new("RGB", (8, 8)), "GIF").getvalue(), written(Image.new("RGB", (8, 8)), "TIFF").getvalue(),
     b"\x89PNG\r\n\x1a\n" + b"\x00" * 30, b"RIFF\xff\xff\xff\xffWEBPVP8 " + b"\x00" * 30],
    ids=["nothing", "gif with script", "svg", "pdf", "zeroes", "cut off", "cut off early",
         "gif", "tiff", "broken png", "broken webp"],
)  # fmt: skip
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read_picture(io.BytesIO(content))
    assert [(reason.refusal, reason.about) for reason in refused.value.reasons] == [
        (OfficeRefusal.NOT_A_PICTURE, "picture")
    ]


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_moves_is_refused(kind: str) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    moving = written(frames[0], kind, save_all=True, append_images=frames[1:])
    with pytest.raises(Refused) as refused:
        read_picture(moving)
    assert refused.value.reasons[0].refusal is OfficeRefusal.MOVING_PICTURE


def png_that_claims(width: int, height: int) -> io.BytesIO:
    """A file of some hundred bytes whose header claims a size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"\x00" * 99)), chunk(b"IEND", b"")]
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


@pytest.mark.parametrize("size", [(50_000, 50_000), (10_000, 10_000), (MOST_PIXELS, 2), (8_000, 5_001)])
def test_a_small_file_that_would_fill_the_memory_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(Refused) as refused:
        read_picture(png_that_claims(*size))
    reason = refused.value.reasons[0]
    assert (reason.refusal, reason.facts) == (OfficeRefusal.PICTURE_TOO_LARGE, {"megapixels": 40})


def test_our_own_drawing_is_kept_as_it_is() -> None:
    drawing = read_drawing('<svg viewBox="0 0 400 300"></svg>')
    assert (drawing.media_type, drawing.width, drawing.height) == ("image/svg+xml", 400, 300)
    assert drawing.content == drawing.thumbnail == b'<svg viewBox="0 0 400 300"></svg>'


def test_a_drawing_without_a_size_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="viewBox"):
        read_drawing("<svg></svg>")
