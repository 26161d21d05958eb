"""`request.texts(*objects)`: the texts of these objects in the reader's language, remembered during the request."""

from typing import Any

from pyramid.request import Request

from fdplattform.translation.services import Texts, load_texts


def request_texts(request: Request, *objects: Any) -> Texts:
    """The texts of all objects asked for in this request so far; asks the database only about new ones."""
    remembered: Texts | None = request.__dict__.get("_texts")
    texts = load_texts(request.db, objects, request.locale_name, into=remembered)
    request.__dict__["_texts"] = texts
    return texts
