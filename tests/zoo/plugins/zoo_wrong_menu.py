"""Returns something that is not a menu item."""

from fdplattform.api import hookimpl

FDPLATTFORM_API = (1, 0)


@hookimpl
def fdplattform_menu_items(context, request):
    return [{"title": "A dictionary"}]
