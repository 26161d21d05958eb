"""Its own page fails."""

from fdplattform.api import Permission, hookimpl

FDPLATTFORM_API = (1, 0)


def fail(request):
    raise RuntimeError("secret of the view")


@hookimpl
def fdplattform_includeme(config):
    config.add_route("zoo_fails", "/zoo/kaputt")
    config.add_view(fail, route_name="zoo_fails", permission=Permission.SITE_VIEW)
    config.add_route("zoo_template", "/zoo/vorlage")
    config.add_view(
        lambda request: {"value": Unshowable()},
        route_name="zoo_template",
        permission=Permission.SITE_VIEW,
        renderer="json",
    )


class Unshowable:
    """Something that the renderer does not know."""
