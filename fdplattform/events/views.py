"""The public page of an event; staff see the same page with a tool bar."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup
from pyramid.renderers import render
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import or_, select
from translationstring import TranslationStringFactory

from fdplattform.dialogues.models import DialogueState
from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.calendar import MEDIA_TYPE, CalendarEntry, calendar_file
from fdplattform.events.models import Event, EventDate
from fdplattform.events.resources import EventResource, event_resource
from fdplattform.events.shown import answers, is_over, notes, public_lists, structured_data
from fdplattform.events.tools import ToolPanel, tools, tools_of, tools_without
from fdplattform.plugins.format import Material, ToolUse
from fdplattform.security.permissions import Permission
from fdplattform.translation.services import Text
from fdplattform.web.tree import nearest
from fdplattform.workflow import Reason

_ = TranslationStringFactory("fdplattform")

#: The part of the page for what came of the event: first once it is over, last before.
RESULTS = "results"


@view_config(
    context=EventResource,
    name="",
    permission=Permission.EVENT_VIEW,
    renderer="fdplattform.templates:events/page.pt",
    request_method="GET",
    shared_page=True,
)
def event_page(context: EventResource, request: Request) -> dict[str, Any]:
    """When, where, what for, and what happens with the results; the tools and other rooms add their parts."""
    event, texts = context.event, context.texts
    over, panels = is_over(event, request.now), list(_tool_panels(context, request))
    return {
        "title": texts.get(event, "title"),
        "follow": [(_("Every step of this process"), request.resource_path(context, "transparenz"))],
        "event": event,
        "format": context.format,
        "state": context.state,
        "preview": preview_reason(context),
        "goal": texts.get(event, "goal"),
        "results": texts.get(event, "results_promise"),
        "notice": texts.get(event, "public_notice") if event.public_notice else None,
        "more": texts.get(event, "description") if event.description else None,
        "dates": [date_row(request, date) for date in event.dates],
        "answers": answers(request, context, public_only=not is_team(context, request)),
        "notes": notes(request, context),
        "public_lists": public_lists(request, context),
        "over": over,
        "result_panels": [html for panel, html in panels if over and panel.result],
        "tool_panels": [html for panel, html in panels if not (over and panel.result)],
        "absent": _absent(context, request),
        "panels": request.panels(context),
        "results_elsewhere": request.panels(context, part=RESULTS),
        "materials": _materials(context, request),
        "structured_data": structured_data(context, request) if context.is_public else None,
        "calendar": request.resource_path(context, "termin.ics"),
        "chain": _chain(context, request),
    }


@view_config(context=EventResource, name="termin.ics", permission=Permission.EVENT_VIEW, request_method="GET")
def event_ics(context: EventResource, request: Request) -> Response:
    """The event's dates for a calendar."""
    title = context.texts.get(context.event, "title").value
    url = request.resource_url(context)
    entries = [CalendarEntry(event=context.event, date=date, title=title, url=url) for date in context.event.dates]
    response = Response(
        calendar_file(entries, base_url=request.fdp.base_url, now=request.now), content_type=MEDIA_TYPE, charset="utf-8"
    )
    response.content_disposition = f'attachment; filename="{context.event.slug}.ics"'
    return response


def date_row(request: Request, date: EventDate) -> dict[str, Any]:
    """A date as pages show it."""
    return {
        "date": date,
        "when": request.fmt.period(date.starts_at, date.ends_at),
        "past": date.ends_at <= request.now,
    }


def preview_reason(context: EventResource) -> Reason | None:
    """Why only staff see this page now and where that is changed, or None when everybody does."""
    if context.is_public:
        return None
    if context.format is None:
        return Reason(_("The plugin of this format is not loaded. The event can be read, and nothing can be changed."))
    if context.event.hidden:
        return Reason(_("Preview: this page was taken off the public pages. Only your team sees it."))
    if nearest(context, DialogueResource).dialogue.state is DialogueState.DRAFT:
        text = _("Preview: the dialogue is still a draft, and only your team sees this page. Publish the dialogue.")
        return Reason(text, where="..")
    return Reason(_("Preview: this page is not public yet. Only your team sees it."))


def is_team(context: EventResource, request: Request) -> bool:
    return request.identity is not None and bool(request.has_permission(Permission.JOURNAL_VIEW, context))


def _tool_panels(context: EventResource, request: Request) -> Iterable[tuple[ToolPanel, Markup]]:
    format_ = context.format
    if format_ is None:
        return
    for use in tools_of(context.event, format_):
        panel = _panel_of(context, request, use)
        if panel is not None:
            yield panel, _html(context, request, use, panel)


def _absent(context: EventResource, request: Request) -> list[str]:
    """What the tools say that this event does without."""
    without = tools_without(context.event, context.format) if context.format is not None else ()
    return [text for use in without if (text := tools(request.registry)[use.tool].absent)]


def tool_panel(context: EventResource, request: Request, use: ToolUse) -> Markup | None:
    """What a tool shows of the event to everybody, or None when there is nothing to show."""
    panel = _panel_of(context, request, use)
    return None if panel is None else _html(context, request, use, panel)


def _panel_of(context: EventResource, request: Request, use: ToolUse) -> ToolPanel | None:
    show = tools(request.registry)[use.tool].panel
    return show(request, context.event, use) if show is not None else None


def _html(context: EventResource, request: Request, use: ToolUse, panel: ToolPanel) -> Markup:
    values = {"context": context, "event": context.event, "use": use, **panel.values}
    return Markup(render(panel.template, values, request))  # noqa: S704 - a template of the tool's


def _materials(context: EventResource, request: Request) -> list[tuple[Material, str]]:
    format_ = context.format
    if format_ is None:
        return []
    team = is_team(context, request)
    return [
        (material, request.resource_path(context, "unterlagen", material.id))
        for material in format_.output.materials
        if ((material.public and context.is_public) or team)
        and (material.states is None or context.event.state in material.states)
    ]


def _chain(context: EventResource, request: Request) -> list[tuple[Text, str]]:
    """The events before and after this one, as far as the person may see them."""
    event = context.event
    conditions = [Event.follows_id == event.id]
    if event.follows_id is not None:
        conditions.append(Event.id == event.follows_id)
    others = request.db.scalars(select(Event).where(or_(*conditions)).order_by(Event.id)).all()
    dialogue = nearest(context, DialogueResource)
    resources = [event_resource(dialogue, other) for other in others]
    texts = request.texts(*others)
    return [
        (texts.get(resource.event, "title"), request.resource_path(resource))
        for resource in resources
        if request.has_permission(Permission.EVENT_VIEW, resource)
    ]
