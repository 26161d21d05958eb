"""How a guard above the transaction refuses a request: with the same error page that a view would cause."""

import sys

from pyramid.request import Request
from pyramid.response import Response

#: Guards stand here, so that nothing of theirs is rolled back with the request, and no lock is held meanwhile.
TRANSACTION = "pyramid_tm.tm_tween_factory"


def refuse(request: Request, error: Exception) -> Response:
    """The error page for `error`."""
    try:
        raise error
    except Exception:
        return request.invoke_exception_view(sys.exc_info(), reraise=True)
