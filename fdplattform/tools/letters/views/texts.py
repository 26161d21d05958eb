"""What letters say: the kinds, their texts, who writes, and how a letter will look."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.resources import EventResource
from fdplattform.forms import attributes_of, handle, make_form
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.security.permissions import Permission
from fdplattform.tools.letters.composing import Occasion, compose, load_occasion
from fdplattform.tools.letters.kinds import LetterKind, Recipient
from fdplattform.tools.letters.lookup import counts, open_run, runs_of
from fdplattform.tools.letters.messages import _
from fdplattform.tools.letters.rendering import STYLESHEET, make_page, make_pdf, pdf_possible
from fdplattform.tools.letters.resources import KindResource, Letters
from fdplattform.tools.letters.runs import audience_of, objections_to
from fdplattform.tools.letters.schemas import HeadSchema, TextSchema
from fdplattform.tools.letters.texts import UNSAVED, head_of, languages, reset_text, save_head, save_text, text_of
from fdplattform.tools.letters.views.missing import missing_facts
from fdplattform.web.locale import native_name
from fdplattform.web.tree import nearest


@view_config(
    context=Letters,
    name="",
    permission=Permission.LETTER_READ,
    renderer="fdplattform.templates:letters/kinds.pt",
    request_method="GET",
)
def kinds(context: Letters, request: Request) -> dict[str, Any]:
    """The kinds of letters of this event, and how many were made and posted."""
    event = nearest(context, EventResource).event
    made, posted = counts(request.db, event.id), counts(request.db, event.id, posted=True)
    return {
        "title": _("Letters"),
        "kinds": [
            (kind, request.resource_path(context, kind.id), made.get(kind.id, 0), posted.get(kind.id, 0))
            for kind in context.kinds()
        ],
        "head": head_of(request.db, event, nearest(context, MunicipalityResource).municipality),
        "here": request.resource_path(context),
        "may_write": request.has_permission(Permission.LETTER_WRITE, context),
    }


@view_config(
    context=Letters,
    name="absender",
    permission=Permission.LETTER_WRITE,
    renderer="fdplattform.templates:forms/page.pt",
)
def head(context: Letters, request: Request) -> Any:
    """Who writes."""
    event = nearest(context, EventResource).event
    municipality = nearest(context, MunicipalityResource).municipality
    back = request.resource_path(context)

    def on_valid(values: dict[str, Any]) -> str:
        save_head(
            request.db,
            event,
            nearest(context, DialogueResource).dialogue,
            municipality,
            sender=values["sender"],
            contact=values["contact"],
            version=values["version"],
            actor=request.identity.actor,
        )
        request.flash(_("Saved."))
        return back

    form = make_form(HeadSchema(), request, cancel=back)
    values = attributes_of(form, head_of(request.db, event, municipality))
    return handle(request, form, on_valid=on_valid, values=values, title=_("Sender of the letters"))


@view_config(
    context=KindResource,
    name="",
    permission=Permission.LETTER_READ,
    renderer="fdplattform.templates:letters/kind.pt",
    request_method="GET",
)
def kind_page(context: KindResource, request: Request) -> dict[str, Any]:
    """One kind: its texts, to how many people letters go, and the letters that were made."""
    occasion = occasion_of(context, request)
    audience = audience_of(request.db, occasion.event, context.kind)
    open_ = open_run(request.db, occasion.event.id, context.kind.id)
    here = request.resource_path(context)
    return {
        "title": context.kind.title,
        "kind": context.kind,
        "here": here,
        "may_write": request.has_permission(Permission.LETTER_WRITE, context),
        "texts": [
            (language, native_name(language), occasion.texts.get(language)) for language in languages(request.fdp)
        ],
        "unsaved": UNSAVED,
        "missing": missing_facts(context, request, occasion),
        "refusal": None,
        "ready": len(audience.ready),
        "incomplete": len(audience.incomplete),
        "objections": objections_to(request.db, request.registry, context.desk, request.now),
        "place": context.event_href,
        "open_href": None if open_ is None else f"{here}{open_.id}/",
        "runs": [(run, f"{here}{run.id}/") for run in runs_of(request.db, occasion.event.id, context.kind.id)],
        "pdf": pdf_possible(),
    }


@view_config(
    context=KindResource,
    name="text",
    permission=Permission.LETTER_WRITE,
    renderer="fdplattform.templates:letters/text.pt",
    takes_subpath=True,
)
def edit_text(context: KindResource, request: Request) -> Any:
    """The text in one language, with everything that can be replaced in it."""
    language = _language(request)
    desk = context.desk
    occasion = occasion_of(context, request)
    placeholders = occasion.placeholders()
    back = request.resource_path(context)

    def on_valid(values: dict[str, Any]) -> str:
        save_text(
            request.db,
            desk,
            language,
            subject=values["subject"],
            body=values["body"],
            known=placeholders.keys(),
            version=values["version"],
        )
        request.flash(_("Saved."))
        return back

    form = make_form(TextSchema(), request, cancel=back)
    text = text_of(request.db, desk.event.id, desk.kind, language)
    return handle(
        request,
        form,
        on_valid=on_valid,
        values=attributes_of(form, text),
        title=_("Text in this language: ${language}", mapping={"language": native_name(language)}),
        kind=desk.kind,
        placeholders=[(f"${{{name}}}", meaning) for name, meaning in placeholders.items()],
        resettable=text.version != UNSAVED and language in desk.kind.default_texts,
        reset=request.resource_path(context, "standardtext", language),
    )


@view_config(
    context=KindResource,
    name="standardtext",
    permission=Permission.LETTER_WRITE,
    request_method="POST",
    takes_subpath=True,
)
def use_default(context: KindResource, request: Request) -> Response:
    """Throw the own text away."""
    reset_text(request.db, context.desk, _language(request))
    request.flash(_("The standard text holds again."))
    return HTTPSeeOther(request.resource_path(context))


@view_config(
    context=KindResource,
    name="vorschau",
    permission=Permission.LETTER_WRITE,
    request_method="GET",
    takes_subpath=True,
)
def preview(context: KindResource, request: Request) -> Response:
    """How a letter will look: to somebody who does not exist, in the language that the address names."""
    language = _language(request)
    occasion = occasion_of(context, request)
    letter = compose(occasion, _somebody(context.kind, request, language), preview=True)
    if not pdf_possible():
        return Response(make_page([letter], stylesheet=request.asset(STYLESHEET)))
    response = Response(make_pdf([letter]), content_type="application/pdf")
    response.content_disposition = f'inline; filename="vorschau-{context.kind.id}-{language}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def occasion_of(context: KindResource, request: Request) -> Occasion:
    """What the letters of this kind have in common."""
    return load_occasion(request.db, request.registry, context.event_resource.event.id, context.kind, request.now)


def _language(request: Request) -> str:
    """The language that the address names. Raises HTTPNotFound for any other word."""
    if len(request.subpath) != 1 or request.subpath[0] not in request.fdp.locales:
        raise HTTPNotFound()
    return str(request.subpath[0])


def _somebody(kind: LetterKind, request: Request, language: str) -> Recipient:
    code = "XXXX-XXXX-XXXX"
    return Recipient(
        key="preview",
        name="Erika Mustermann",
        street="Musterstraße 1",
        postal_code="12345",
        city="Musterstadt",
        language=language,
        code=code if kind.code_purpose else None,
        code_url=f"{request.fdp.base_url}{kind.code_purpose.path}/{code}" if kind.code_purpose else None,
        values={each.name: each.example for each in kind.placeholders if each.example is not None},
    )
