"""QR codes as SVG: inline for pages, whole for the PDF."""

from io import BytesIO

import segno

QUIET_ZONE = 4


def qr_svg(url: str, title: str) -> str:
    """The QR code of an address as an SVG element for a page, with a title that says what it opens.

    It is black on white in light and dark alike, quiet zone included, because many readers
    do not find an inverted code. It has a viewBox and takes its size from the class "qr".
    Raises ValueError where the address is empty or too long for a code.
    """
    svg = _code(url).svg_inline(
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        omitsize=True,
        title=title,
        svgclass="qr",
        lineclass=None,
    )
    return svg.replace("<svg ", '<svg role="img" shape-rendering="crispEdges" ', 1)


def qr_image(url: str) -> str:
    """The QR code of an address as an SVG document without a quiet zone: the paper around it is one."""
    stream = BytesIO()
    _code(url).save(
        stream,
        kind="svg",
        xmldecl=False,
        border=0,
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    return stream.getvalue().decode()


def _code(url: str) -> segno.QRCode:
    if not url:
        raise ValueError("a QR code needs an address")
    return segno.make_qr(url, error="m")
