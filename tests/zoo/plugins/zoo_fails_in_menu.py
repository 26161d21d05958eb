"""Fails whenever a page is shown."""

from fdplattform.api import hookimpl

FDPLATTFORM_API = (1, 0)


@hookimpl
def fdplattform_menu_items(context, request):
    raise RuntimeError("no menu today")
