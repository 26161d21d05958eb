"""The page on which a municipality says something about itself, and its logo."""

from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config
from sqlalchemy import select
from translationstring import TranslationStringFactory

from fdplattform.files.download import file_response
from fdplattform.files.kinds import JPEG, PNG, WEBP
from fdplattform.files.services import remove, store
from fdplattform.forms import UploadedFile, attributes_of, handle, make_form
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.municipalities.schemas import MAX_LOGO, ProfileSchema
from fdplattform.municipalities.services import Profile, edit_profile, set_logo
from fdplattform.security.permissions import Permission

_ = TranslationStringFactory("fdplattform")

PROFILE_FIELDS = tuple(Profile.__dataclass_fields__)


@view_config(
    context=MunicipalityResource,
    name="bearbeiten",
    permission=Permission.MUNICIPALITY_EDIT,
    renderer="fdplattform.templates:forms/page.pt",
    # The logo and what else the form holds.
    max_body=MAX_LOGO + 256 * 1024,
)
def edit(context: MunicipalityResource, request: Request) -> Response | dict[str, Any]:
    """Introduction, contact, colour and logo."""
    municipality = context.municipality
    form = make_form(ProfileSchema(), request, cancel=request.resource_path(context))

    def save(values: dict[str, Any]) -> str:
        actor = request.identity.actor
        profile = Profile(**{name: values[name] or None for name in PROFILE_FIELDS})
        edit_profile(request.db, municipality, profile, version=values["version"], actor=actor)
        if values["logo"] is not None or values["remove_logo"]:
            _replace_logo(request, municipality, values["logo"])
        request.flash(_("Saved."))
        return str(request.resource_path(context))

    return handle(
        request,
        form,
        on_valid=save,
        values=attributes_of(form, municipality),
        title=_("Edit the page of the municipality"),
    )


def _replace_logo(request: Request, municipality: Municipality, upload: UploadedFile | None) -> None:
    old, new = municipality.logo_id, None
    if upload is not None:
        new = store(
            request.db,
            upload.file,
            name=upload.name,
            owner_type="municipality",
            owner_id=municipality.id,
            kinds=(PNG, JPEG, WEBP),
            max_size=MAX_LOGO,
            field="logo",
        ).id
    set_logo(request.db, municipality, new, actor=request.identity.actor)
    request.db.flush()
    if old is not None:
        remove(request.db, old)


@view_config(route_name="logo", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def logo(request: Request) -> Response:
    """A municipality's logo. Other files are not reached this way."""
    file_id = int(request.matchdict["id"])
    if request.db.scalar(select(Municipality.id).where(Municipality.logo_id == file_id)) is None:
        raise HTTPNotFound
    return file_response(request, file_id, public=True)


def logo_address(request: Request, file_id: int) -> str:
    """Where a logo is found."""
    return str(request.route_path("logo", id=file_id))


def includeme(config: Configurator) -> None:
    config.add_route("logo", r"/logo/{id:\d{1,9}}")
    config.set_logo_address(logo_address)
