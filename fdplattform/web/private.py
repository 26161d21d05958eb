"""Pages on which a person or a secret address can be seen."""

from io import BytesIO

import segno
from pyramid.request import Request
from pyramid.response import Response

#: Modules of white around a QR code, as its standard wants.
QUIET_ZONE = 4


def keep_private(request: Request) -> None:
    """Neither search engines nor caches keep this page."""
    request.response.headers["X-Robots-Tag"] = "noindex"
    request.response.headers["Cache-Control"] = "no-store"


def qr_response(text: str) -> Response:
    """`text` as a QR code in SVG, for who sees the page. The level of correction survives a scratched screen."""
    picture = BytesIO()
    segno.make(text, error="m").save(picture, kind="svg", border=QUIET_ZONE, omitsize=True, xmldecl=False, light="#fff")
    response = Response(picture.getvalue(), content_type="image/svg+xml", charset="utf-8")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
