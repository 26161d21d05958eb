"""Text that people write, in more than one language."""

from pyramid.config import Configurator

from fdplattform.translation.request import request_texts, request_worded


def includeme(config: Configurator) -> None:
    config.add_request_method(request_texts, "texts")
    config.add_request_method(request_worded, "worded")
    config.include("fdplattform.translation.pages")
