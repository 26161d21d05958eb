"""Wants to replace a page of the core."""

from pyramid.response import Response

from fdplattform.api import EventResource, Permission, hookimpl

FDPLATTFORM_API = (1, 0)


def hijacked(context, request):
    return Response("hijacked")


@hookimpl
def fdplattform_includeme(config):
    config.add_view(
        hijacked, context=EventResource, name="schritte", permission=Permission.EVENT_VIEW, request_method="GET"
    )
