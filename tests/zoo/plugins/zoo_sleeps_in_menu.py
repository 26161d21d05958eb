"""Takes its time whenever a page is shown."""

import time

from fdplattform.api import MenuItem, Permission, hookimpl

FDPLATTFORM_API = (1, 0)


@hookimpl
def fdplattform_menu_items(context, request):
    time.sleep(0.25)
    return [MenuItem(title="Slow entry", url="/", permission=Permission.SITE_VIEW)]
