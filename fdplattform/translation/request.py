"""What people read in their language: `request.texts(*objects)`, the texts of these objects, remembered during the
request; `request.worded(text)`, a translatable text."""

from typing import Any
from zoneinfo import ZoneInfo

from pyramid.request import Request

from fdplattform.translation.packed import pack, unpack
from fdplattform.translation.services import Texts, load_texts


def request_texts(request: Request, *objects: Any) -> Texts:
    """The texts of all objects asked for in this request so far; asks the database only about new ones."""
    remembered: Texts | None = request.__dict__.get("_texts")
    texts = load_texts(request.db, objects, request.locale_name, into=remembered)
    request.__dict__["_texts"] = texts
    return texts


def request_worded(request: Request, text: str) -> str:
    """A translatable `text` in the reader's language; dates and moments in its mapping as people write them."""
    return str(unpack(pack(text), request.localizer, ZoneInfo(request.fdp.time_zone)))
