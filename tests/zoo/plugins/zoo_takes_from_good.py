"""Wants a page that another plugin has: the earlier one keeps it."""

from pyramid.response import Response

from fdplattform.api import Permission, hookimpl

FDPLATTFORM_API = (1, 0)


@hookimpl
def fdplattform_includeme(config):
    config.add_route("zoo_good", "/zoo/anders")
    config.add_view(lambda request: Response("other"), route_name="zoo_good", permission=Permission.SITE_VIEW)
