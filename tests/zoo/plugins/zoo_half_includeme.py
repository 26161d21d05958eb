"""Adds a page, then fails: the page must not be there either."""

from pyramid.response import Response

from fdplattform.api import Permission, hookimpl

FDPLATTFORM_API = (1, 0)


@hookimpl
def fdplattform_includeme(config):
    config.add_route("zoo_half", "/zoo/halb")
    config.add_view(lambda request: Response("half"), route_name="zoo_half", permission=Permission.SITE_VIEW)
    raise RuntimeError("half-way")
