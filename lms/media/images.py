"""Pictures: made anew from their pixels, so that nothing of their maker stays, and in the sizes that screens need."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from lms.i18n import gettext as _
from lms.media.errors import MediaError

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2400
WIDTHS = (480, 960, 1600)
_TELLING = {"exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment"}
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)


@contextmanager
def opened(content: BinaryIO | Path) -> Iterator[Image.Image]:
    """The picture in a file. Raises MediaError."""
    try:
        with Image.open(content, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise MediaError(_("This picture has too many pixels."))
            yield image
    except _BROKEN as error:
        raise MediaError(_("This picture cannot be read.")) from error


def clean(content: BinaryIO) -> tuple[bytes, str]:
    """The picture made anew, upright and not too large, with its extension. Raises MediaError."""
    with opened(content) as image:
        extension = "png" if image.format in ("PNG", "GIF") else "jpg"
        pixels = _in_plain_colours(ImageOps.exif_transpose(image))
    if pixels.mode == "RGBA":
        extension = "png"
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return _written(pixels, extension), extension


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """RGB (RGBA where something shows through), in the colours of screens, without anything beside the pixels."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA"):
        image = _to_srgb(image, profile)
    plain = Image.new(mode, image.size)
    plain.paste(image.convert(mode))
    return plain


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, theirs, ImageCms.createProfile("sRGB")) or image
    except ImageCms.PyCMSError:  # a profile that says nothing usable
        return image


def _written(image: Image.Image, extension: str) -> bytes:
    buffer = io.BytesIO()
    if extension == "jpg":
        image.save(buffer, "JPEG", quality=88, optimize=True, progressive=True)
    elif extension == "png":
        image.save(buffer, "PNG", optimize=True)
    elif extension == "webp":
        image.save(buffer, "WEBP", quality=78, method=4)
    else:
        image.save(buffer, "AVIF", quality=55, speed=8)
    return buffer.getvalue()


def variants(path: Path) -> Iterator[tuple[int, str, bytes]]:
    """The picture in each width and modern format: width, extension, bytes. Raises MediaError."""
    with opened(path) as image:
        pixels = _in_plain_colours(image)
    for width in widths(pixels.width):
        height = max(1, round(pixels.height * width / pixels.width))
        small = pixels.resize((width, height), Image.Resampling.LANCZOS) if width < pixels.width else pixels
        for extension in ("avif", "webp"):
            yield width, extension, _written(small, extension)


def widths(own: int) -> list[int]:
    """The widths of a picture's variants: its own is the largest, where it is not too large."""
    return sorted({width for width in WIDTHS if width < own} | {min(own, WIDTHS[-1])})


def size_of(path: Path) -> tuple[int, int]:
    """Width and height. Raises MediaError."""
    with opened(path) as image:
        return image.width, image.height


def tells(path: Path) -> bool:
    """Whether a picture says more than its pixels: where and with what it was taken. Raises MediaError."""
    with opened(path) as image:
        image.load()
        return bool(_TELLING & image.info.keys() or getattr(image, "text", None) or image.getexif())
