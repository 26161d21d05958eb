"""The page `…/uebersetzen`: the original beside the translation, for every resource that a room declares translatable.

config.add_translatable(DialogueResource, Translatable(
    thing=lambda resource: resource.dialogue,
    fields=(TranslatableField("title", _("Title"), 120), …),
    permission=Permission.DIALOGUE_EDIT,
    journal=("dialogue:translate", lambda resource: {"dialogue_id": resource.dialogue.id}),
))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.forms import Flag, FormSchema, LongText, Text, handle, make_form
from fdplattform.journal.services import record
from fdplattform.translation.models import TextTranslation
from fdplattform.translation.services import is_outdated, original, save, translations_of
from fdplattform.web.locale import native_name
from fdplattform.web.toolbar import PREPARATION
from fdplattform.web.tree import Resource

_ = TranslationStringFactory("fdplattform")

VIEW = "uebersetzen"
#: Longer texts get several lines.
ONE_LINE = 300


_TRANSLATE = _("Translate")


@dataclass(frozen=True)
class TranslatableField:
    """A field of the thing; `length` is the greatest length of its text in characters."""

    name: str
    title: TranslationString
    length: int


@dataclass(frozen=True, kw_only=True)
class Translatable:
    """What can be translated at a resource, by whom, and how the journal calls it."""

    thing: Callable[[Any], Any]
    #: The same for every resource of the kind, or a function of the resource.
    fields: tuple[TranslatableField, ...] | Callable[[Any], tuple[TranslatableField, ...]]
    permission: str
    #: The tag, and the scope (`municipality_id` …) of the entry for a resource.
    journal: tuple[str, Callable[[Any], Mapping[str, Any]]]
    #: What the link in the tool bar says, where there may be several.
    link: TranslationString = _TRANSLATE

    def written(self, context: Any, thing: Any) -> list[TranslatableField]:
        """The fields that have an original."""
        fields = self.fields(context) if callable(self.fields) else self.fields
        return [field for field in fields if getattr(thing, field.name)]


def add_translatable(config: Configurator, resource: type[Resource], translatable: Translatable) -> None:
    """Directive: give every `resource` a page on which staff translate its texts, and a link to it in the tool bar."""

    def view(context: Resource, request: Request) -> Response | dict[str, Any]:
        return translate_page(context, request, translatable)

    config.add_view(
        view,
        context=resource,
        name=VIEW,
        permission=translatable.permission,
        renderer="fdplattform.templates:translation/page.pt",
    )
    config.add_toolbar_link(
        resource, VIEW, translatable.link, permission=translatable.permission, order=30, group=PREPARATION
    )


def translate_page(context: Resource, request: Request, translatable: Translatable) -> Response | dict[str, Any]:
    """The translation into one language, `?sprache=ar`; without it, into the first that is not the original's."""
    thing = translatable.thing(context)
    written = translatable.written(context, thing)
    languages = [code for code in request.fdp.locales if code != thing.language]
    language = request.GET.get("sprache", languages[0])
    if language not in languages:
        raise HTTPNotFound
    existing = translations_of(request.db, thing)
    rows = existing.get(language, {})
    form = make_form(_schema(thing, written, rows, request), request, cancel=request.resource_path(context))

    def keep(values: dict[str, Any]) -> str:
        reviewed = values.pop("reviewed")
        changed = save(request.db, thing, language, values, reviewed=reviewed, now=request.now)
        if changed:
            tag, scope = translatable.journal
            payload = {"language": language, "fields": list(changed)}
            record(request.db, tag, actor=request.identity.actor, payload=payload, **scope(context))
        request.flash(_("Saved."))
        return str(request.path_qs)

    return handle(
        request,
        form,
        on_valid=keep,
        values={
            **{name: row.text for name, row in rows.items()},
            "reviewed": bool(rows) and all(row.reviewed for row in rows.values()),
        },
        title=_("Translate"),
        language=native_name(language),
        is_empty=not written,
        choices=[
            {
                "title": native_name(code),
                "lang": code,
                "href": request.resource_path(context, VIEW, query={"sprache": code}),
                "current": code == language,
                "state": _state(thing, written, existing.get(code, {})),
            }
            for code in languages
        ],
    )


def _schema(
    thing: Any, written: Sequence[TranslatableField], rows: Mapping[str, TextTranslation], request: Request
) -> FormSchema:
    schema = FormSchema()
    for field in written:
        kind = Text if field.length <= ONE_LINE else LongText
        help_text = _original(thing, field.name)
        if field.name in rows and is_outdated(thing, rows[field.name]):
            changed = request.localizer.translate(_("The original has changed since this was translated."))
            help_text += Markup("<br><mark>{}</mark>").format(changed)
        schema.add(kind(field.length, name=field.name, title=field.title, description=help_text, required=False))
    schema.add(
        Flag(
            name="reviewed",
            title=_("Somebody who speaks the language has compared this with the original."),
        )
    )
    return schema


def _original(thing: Any, name: str) -> Markup:
    text = original(thing, name)
    lines = Markup("<br>").join(escape(line) for line in text.value.splitlines())
    return Markup('<span lang="{}" dir="{}">{}</span>').format(text.lang, text.dir, lines)


def _state(thing: Any, written: Sequence[TranslatableField], rows: Mapping[str, TextTranslation]) -> TranslationString:
    wanted = {field.name for field in written}
    if not wanted & rows.keys():
        return _("not translated")
    if wanted - rows.keys():
        return _("not complete")
    if any(is_outdated(thing, rows[name]) for name in wanted):
        return _("original has changed")
    return _("complete")


def includeme(config: Configurator) -> None:
    config.add_directive("add_translatable", add_translatable)
